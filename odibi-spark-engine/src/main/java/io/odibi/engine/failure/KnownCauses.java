package io.odibi.engine.failure;

import io.odibi.core.describe.Options;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.StreamingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Failures that happen to everyone, told in our words with their mend. Recognised by the names of classes and the texts of Spark
 * 3.5, Delta 3.3 and Kafka 3.4: there is nothing firmer, since most have neither a class nor an error code of their own.
 */
final class KnownCauses {

    private static final String BOOTSTRAP = "kafka.bootstrap.servers";
    private static final Pattern TOPICS = Pattern.compile("\\[([^\\]]+)]");
    private static final String NEW_CHECKPOINT =
            "go back to the query that made it, or give the node a new 'checkpoint_location'";

    /**
     * What a person is told.
     *
     * @param words one line
     * @param nature whether another start may help
     */
    record Told(String words, Nature nature) {}

    /** A failure that is recognised, and how it is told. */
    record Known(Predicate<Throwable> is, Nature nature, BiFunction<Throwable, NodePlan, String> tell) {}

    private static final List<Known> ALL = List.of(
            new Known(
                    named("kafka.common.errors.SaslAuthenticationException")
                            .or(named("kafka.common.errors.SslAuthenticationException"))
                            .or(named("kafka.common.errors.AuthorizationException"))
                            .or(named("kafka.common.errors.TopicAuthorizationException"))
                            .or(named("kafka.common.errors.GroupAuthorizationException")),
                    Nature.LASTING,
                    (fault, node) ->
                            "Kafka at " + brokers(node) + " refuses the credentials: " + SparkMessage.firstLine(fault)),
            new Known(
                    named("kafka.common.errors.UnknownTopicOrPartitionException"),
                    Nature.LASTING,
                    (fault, node) -> "Kafka at " + brokers(node) + " has no such topic" + topicsOf(node)
                            + "; create it, or mend 'subscribe'"),
            new Known(
                    says("some data may have been missed")
                            .or(says("are gone. "))
                            .or(named("OffsetOutOfRangeException")),
                    Nature.LASTING,
                    (fault, node) -> "records that come next are no longer in Kafka" + topics(fault)
                            + "; to go on without them set 'failOnDataLoss: false'"),
            new Known(
                    named("kafka.common.errors.TimeoutException")
                            .or(named("kafka.common.errors.DisconnectException"))
                            .or(says("No resolvable bootstrap urls")),
                    Nature.PASSING,
                    (fault, node) -> "cannot reach Kafka at " + brokers(node)),
            new Known(
                    says("S3AFileSystem not found"),
                    Nature.LASTING,
                    (fault, node) -> missing("S3", "org.apache.hadoop:hadoop-aws")),
            new Known(
                    says("AzureBlobFileSystem not found")
                            .or(says("SecureAzureBlobFileSystem not found"))
                            .or(says("No FileSystem for scheme \"abfss\"")),
                    Nature.LASTING,
                    (fault, node) -> missing("Azure storage", "org.apache.hadoop:hadoop-azure")),
            new Known(
                    says("GoogleHadoopFileSystem not found"),
                    Nature.LASTING,
                    (fault, node) -> missing("Google Cloud Storage", "com.google.cloud.bigdataoss:gcs-connector")),
            new Known(
                    says("Failed to find data source"),
                    Nature.LASTING,
                    (fault, node) -> "a format is not on the class path: " + SparkMessage.firstLine(fault)),
            new Known(
                    says("A schema mismatch detected when writing to the Delta table")
                            .or(says("Failed to merge fields")),
                    Nature.LASTING,
                    (fault, node) -> "the columns do not fit the Delta table" + target(node)
                            + "; set 'merge_schema: true' to add columns, or 'overwrite_schema: true' to replace them"),
            new Known(
                    named("DeltaSchemaChanged").or(says("Detected schema change")),
                    Nature.PASSING,
                    (fault, node) -> "the columns of the Delta table that is read have changed"),
            new Known(
                    says("sources in the checkpoint offsets and now there are"),
                    Nature.LASTING,
                    (fault, node) -> "the checkpoint" + checkpoint(node) + " belongs to a query with other sources; "
                            + NEW_CHECKPOINT),
            new Known(
                    named("StateSchemaNotCompatible")
                            .or(says("Provided schema doesn't match to the schema for existing")),
                    Nature.LASTING,
                    (fault, node) -> "the checkpoint" + checkpoint(node)
                            + " holds state of other columns than the query now keeps; " + NEW_CHECKPOINT),
            new Known(
                    says("CONCURRENT_STREAM_LOG_UPDATE").or(says("already active")),
                    Nature.LASTING,
                    (fault, node) -> "another query uses the checkpoint" + checkpoint(node) + "; stop one of them"),
            new Known(
                    says("Incomplete log file")
                            .or(says("Log file was malformed"))
                            .or(says("doesn't exist (latestId"))
                            .or(says("Error reading delta file")),
                    Nature.LASTING,
                    (fault, node) ->
                            "the checkpoint" + checkpoint(node) + " is damaged: " + SparkMessage.firstLine(fault)),
            new Known(
                    fault -> fault instanceof OutOfMemoryError,
                    Nature.LASTING,
                    (fault, node) -> "out of memory; give the process more, or take smaller micro-batches"),
            new Known(
                    says("No space left on device"), Nature.PASSING, (fault, node) -> "no space is left on the disk"));

    private KnownCauses() {}

    /** Returns what a person is told, if one of the causes is known. */
    static Optional<Told> explain(List<Throwable> chain, NodePlan node) {
        for (Known known : (Iterable<Known>) Stream.concat(DeltaCauses.ALL.stream(), ALL.stream())::iterator) {
            for (Throwable fault : chain) {
                if (known.is().test(fault)) {
                    return Optional.of(new Told(known.tell().apply(fault, node), known.nature()));
                }
            }
        }
        return Optional.empty();
    }

    private static String missing(String what, String artifact) {
        return "what reads " + what + " is not on the class path; add " + artifact + " in Spark's version of Hadoop";
    }

    private static Predicate<Throwable> named(String partOfClassName) {
        return fault -> fault.getClass().getName().contains(partOfClassName);
    }

    private static Predicate<Throwable> says(String words) {
        return fault -> fault.getMessage() != null && fault.getMessage().contains(words);
    }

    private static String brokers(NodePlan node) {
        return options(node).stream()
                .flatMap(options -> Optional.ofNullable(options.plain().get(BOOTSTRAP)).stream())
                .findFirst()
                .orElse("its servers");
    }

    private static String topicsOf(NodePlan node) {
        return options(node).stream()
                .flatMap(options -> Optional.ofNullable(options.plain().get("subscribe"))
                        .or(() -> Optional.ofNullable(options.plain().get("topic")))
                        .stream())
                .findFirst()
                .map(topic -> " '" + topic + "'")
                .orElse("");
    }

    private static String topics(Throwable fault) {
        Matcher topics = TOPICS.matcher(SparkMessage.firstLine(fault));
        return topics.find() ? " (" + topics.group(1) + ")" : "";
    }

    private static List<Options> options(NodePlan node) {
        List<Options> all = new ArrayList<>();
        List<InputPlan> inputs = new ArrayList<>(node.inputs().values());
        node.primary().ifPresent(inputs::add);
        for (InputPlan input : inputs) {
            if (input instanceof InputPlan.FromRead from) {
                from.read().connection().ifPresent(connection -> all.add(connection.options()));
                if (from.read().scan() instanceof FormatScan scan) {
                    all.add(scan.options());
                }
            }
        }
        node.write().ifPresent(write -> {
            write.connection().ifPresent(connection -> all.add(connection.options()));
            if (write.target() instanceof FormatTarget target) {
                all.add(target.options());
            }
        });
        return all;
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
