package io.odibi.engine.failure;

import static io.odibi.core.port.KnownFailures.named;
import static io.odibi.core.port.KnownFailures.says;

import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.KnownFailures;

/**
 * Failures of Spark, Delta and file systems that happen to everyone, told in our words with their mend. Recognised by the names of
 * classes and the texts of Spark 3.5 and Delta 3.3: there is nothing firmer, since most have neither a class nor an error code of their
 * own. Other systems' failures are told by their connectors.
 */
final class KnownCauses {

    private static final String NEW_CHECKPOINT =
            "go back to the query that made it, or give the node a new 'checkpoint_location'";

    static final FailureExplainer ALL = KnownFailures.none()
            .lasting(fault -> fault instanceof LostRowsException, (fault, node) -> SparkMessage.firstLine(fault))
            .lasting(says("S3AFileSystem not found"), (fault, node) -> missing("S3", "org.apache.hadoop:hadoop-aws"))
            .lasting(
                    says("AzureBlobFileSystem not found")
                            .or(says("SecureAzureBlobFileSystem not found"))
                            .or(says("No FileSystem for scheme \"abfss\"")),
                    (fault, node) -> missing("Azure storage", "org.apache.hadoop:hadoop-azure"))
            .lasting(
                    says("GoogleHadoopFileSystem not found"),
                    (fault, node) -> missing("Google Cloud Storage", "com.google.cloud.bigdataoss:gcs-connector"))
            .lasting(
                    says("Failed to find data source"),
                    (fault, node) -> "a format is not on the class path: " + SparkMessage.firstLine(fault))
            .lasting(
                    says("A schema mismatch detected when writing to the Delta table")
                            .or(says("Failed to merge fields")),
                    (fault, node) -> "the columns do not fit the Delta table" + target(node)
                            + "; set 'merge_schema: true' to add columns, or 'overwrite_schema: true' to replace them")
            .passing(
                    named("DeltaSchemaChanged").or(says("Detected schema change")),
                    (fault, node) -> "the columns of the Delta table that is read have changed")
            .lasting(
                    says("sources in the checkpoint offsets and now there are"),
                    (fault, node) -> "the checkpoint" + checkpoint(node) + " belongs to a query with other sources; "
                            + NEW_CHECKPOINT)
            .lasting(
                    named("StateSchemaNotCompatible")
                            .or(says("Provided schema doesn't match to the schema for existing")),
                    (fault, node) -> "the checkpoint" + checkpoint(node)
                            + " holds state of other columns than the query now keeps; " + NEW_CHECKPOINT)
            .lasting(
                    says("CONCURRENT_STREAM_LOG_UPDATE").or(says("already active")),
                    (fault, node) -> "another query uses the checkpoint" + checkpoint(node) + "; stop one of them")
            .lasting(
                    says("Incomplete log file")
                            .or(says("Log file was malformed"))
                            .or(says("doesn't exist (latestId"))
                            .or(says("Error reading delta file")),
                    (fault, node) ->
                            "the checkpoint" + checkpoint(node) + " is damaged: " + SparkMessage.firstLine(fault))
            .lasting(
                    fault -> fault instanceof OutOfMemoryError,
                    (fault, node) -> "out of memory; give the process more, or take smaller micro-batches")
            .passing(says("No space left on device"), (fault, node) -> "no space is left on the disk");

    private KnownCauses() {}

    private static String missing(String what, String artifact) {
        return "what reads " + what + " is not on the class path; add " + artifact + " in Spark's version of Hadoop";
    }

    private static String target(NodePlan node) {
        return node.write()
                .map(write -> write.target())
                .filter(target -> target instanceof FormatTarget)
                .flatMap(target -> ((FormatTarget) target).location())
                .map(at -> " " + at)
                .orElse("");
    }

    private static String checkpoint(NodePlan node) {
        return node.streaming()
                .map(StreamingPlan::checkpoint)
                .map(at -> " " + at.value())
                .orElse("");
    }
}
