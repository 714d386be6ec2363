package io.odibi.engine.failure;

import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.KnownFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Failures of those who read Delta tables: a commit that a stream cannot take, a version that is not there. By the texts of Delta 3.3. */
final class DeltaCauses {

    private static final String PASS_OVER = "to pass over such versions set 'skipChangeCommits: true'";
    private static final String AS_ROWS =
            "to read changes as rows set 'readChangeFeed: true' (the table needs its change feed)";

    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    "Detected deleted data \\(for example .*\\) from streaming source at version (\\d+)",
                    (node, found) -> "version " + found.group(1) + " of the Delta table" + table(node)
                            + " deletes rows, which a stream cannot do; where whole partitions are deleted"
                            + " 'ignoreDeletes: true' passes over that; " + PASS_OVER + "; " + AS_ROWS),
            new Sign(
                    "Detected a data update \\(for example .*\\) in the source table at version (\\d+)",
                    (node, found) -> "version " + found.group(1) + " of the Delta table" + table(node)
                            + " changes rows, which a stream cannot do; " + PASS_OVER + "; " + AS_ROWS
                            + "; to start over with the table as it is give the node a new 'checkpoint_location'"),
            new Sign(
                    "change data was not\\s+recorded for version \\[(\\d+)]",
                    (node, found) ->
                            "the Delta table" + table(node) + " has no change feed at version " + found.group(1)
                                    + "; set its property 'delta.enableChangeDataFeed' to true ('table_properties' where it is"
                                    + " created), and start after that"),
            new Sign(
                    "Cannot time travel Delta table to version (\\d+)\\. Available versions: \\[(\\d+), (\\d+)]",
                    (node, found) -> "the Delta table" + table(node) + " has no version " + found.group(1)
                            + "; there are " + found.group(2) + " to " + found.group(3)),
            new Sign(
                    "The provided timestamp \\(([^)]*)\\) is (after the latest|before the earliest) version available",
                    (node, found) -> "the Delta table" + table(node) + " has no version of that time: " + found.group(1)
                            + " is " + found.group(2) + " one"),
            new Sign(
                    "was reading from an unexpected Delta table",
                    (node, found) -> "the Delta table" + table(node) + " has been made anew since the checkpoint was"
                            + " begun; give the node a new 'checkpoint_location' to read the new one from its start"),
            new Sign(
                    "If you never deleted it, it's likely your query is lagging behind",
                    (node, found) -> "versions that come next are no longer in the log of the Delta table" + table(node)
                            + "; to go on without them set 'failOnDataLoss: false', to start over give the node a new"
                            + " 'checkpoint_location'"),
            new Sign(
                    "(?s)Partition columns do not match the partition columns of the table.*Table: (\\[[^]]*])",
                    (node, found) -> "the Delta table that is written is partitioned by "
                            + found.group(1).replace("`", "") + "; 'partition_by' must say the same"),
            new Sign(
                    "Clean up source files is not supported when reading from the output directory of FileStreamSink",
                    (node, found) -> "'cleanSource' cannot clean a folder that another stream writes; drop it"));

    static final FailureExplainer ALL = all();

    /** What to say of a match. */
    private interface Words {
        String of(NodePlan node, Matcher found);
    }

    private record Sign(Pattern pattern, Words words) {

        Sign(String pattern, Words words) {
            this(Pattern.compile(pattern), words);
        }

        Matcher in(Throwable fault) {
            return pattern.matcher(fault.getMessage() == null ? "" : fault.getMessage());
        }

        String words(Throwable fault, NodePlan node) {
            Matcher found = in(fault);
            return found.find() ? words.of(node, found) : "";
        }
    }

    private DeltaCauses() {}

    private static FailureExplainer all() {
        KnownFailures known = KnownFailures.none();
        for (Sign sign : SIGNS) {
            known = known.lasting(fault -> sign.in(fault).find(), sign::words);
        }
        return known;
    }

    /** The table that the node reads, where there is one only. */
    private static String table(NodePlan node) {
        List<InputPlan> inputs = new ArrayList<>(node.inputs().values());
        node.primary().ifPresent(inputs::add);
        List<String> tables = inputs.stream()
                .filter(InputPlan.FromRead.class::isInstance)
                .map(input -> ((InputPlan.FromRead) input).read().scan())
                .filter(scan ->
                        scan instanceof FormatScan format && format.format().equals("delta"))
                .flatMap(scan -> ((FormatScan) scan).location().stream())
                .map(Object::toString)
                .distinct()
                .toList();
        return tables.size() == 1 ? " " + tables.get(0) : "";
    }
}
