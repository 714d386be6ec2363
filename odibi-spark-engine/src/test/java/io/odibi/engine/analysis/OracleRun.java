package io.odibi.engine.analysis;

import io.odibi.core.model.OutputMode;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.engine.analysis.Corpus.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;

/** Starts a case as a real stream over the {@link OracleData}, and says what came of it. */
final class OracleRun {

    private static final long PATIENCE_MILLIS = 120_000;

    /**
     * What came of a stream.
     *
     * @param failure the first line of what Spark said; empty if it ran to its end
     * @param batches how each micro-batch went
     * @param rows what was written, by micro-batch; empty where nobody asked
     */
    record Outcome(Optional<String> failure, List<StreamingQueryProgress> batches, Map<Long, List<String>> rows) {

        /** Whether some operator only ever adds to its state. */
        boolean hasGrowingState() {
            int operators = batches.stream()
                    .mapToInt(batch -> batch.stateOperators().length)
                    .max()
                    .orElse(0);
            for (int i = 0; i < operators; i++) {
                if (grows(i)) {
                    return true;
                }
            }
            return false;
        }

        /** The days are alike, so what is forgotten in time is as much after one day as after the next. */
        private boolean grows(int operator) {
            List<StateOperatorProgress> states = batches.stream()
                    .filter(batch -> batch.numInputRows() > 0)
                    .map(batch -> batch.stateOperators()[operator])
                    .toList();
            int last = states.size() - 1;
            // Two days back as well: a deduplication may forget every other day, an operator behind another one a day
            // later.
            return last >= 2
                    && isLarger(states.get(last), states.get(last - 1))
                    && isLarger(states.get(last), states.get(last - 2));
        }

        private static boolean isLarger(StateOperatorProgress state, StateOperatorProgress before) {
            return state.numRowsTotal() > before.numRowsTotal()
                    || (state.numRowsTotal() == 1 && bytes(state) > bytes(before));
        }

        /** For one group that collects: its row grows. */
        private static long bytes(StateOperatorProgress state) {
            return state.customMetrics().get("stateOnCurrentVersionSizeBytes");
        }

        long droppedAsLate() {
            return batches.stream()
                    .flatMap(batch -> Arrays.stream(batch.stateOperators()))
                    .mapToLong(StateOperatorProgress::numRowsDroppedByWatermark)
                    .sum();
        }

        /** Whether rows come in, and nothing comes of them any more: none is written, or none reaches the operators with state. */
        boolean isSilent() {
            StreamingQueryProgress last = batches.get(batches.size() - 1);
            List<StreamingQueryProgress> fed =
                    batches.stream().filter(batch -> batch.numInputRows() > 0).toList();
            return last.sink().numOutputRows() == 0
                    || Arrays.stream(fed.get(fed.size() - 1).stateOperators())
                            .allMatch(
                                    state -> state.operatorName().equals("globalLimit") || state.numRowsUpdated() == 0);
        }
    }

    private final SparkSession session;
    private final Path checkpoints;

    OracleRun(SparkSession session, Path checkpoints) {
        this.session = session;
        this.checkpoints = checkpoints;
    }

    /** Runs a case over all data. */
    Outcome run(Case one) {
        Dataset<Row> frame = one.steps().apply(session);
        return start(StreamRules.withoutCtes(frame), one.mode(), checkpoint(), false);
    }

    /** Runs a case and then its last micro-batch once more, as after a failure; returns both. */
    List<Outcome> repeat(Case one) {
        Path checkpoint = checkpoint();
        Outcome first = start(one.steps().apply(session), one.mode(), checkpoint, true);
        long last =
                first.rows().keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
        try {
            Files.delete(checkpoint.resolve("commits/" + last));
            Files.deleteIfExists(checkpoint.resolve("commits/." + last + ".crc"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return List.of(first, start(one.steps().apply(session), one.mode(), checkpoint, true));
    }

    /** Runs a case and returns what it wrote. */
    Outcome collect(Case one) {
        return start(one.steps().apply(session), one.mode(), checkpoint(), true);
    }

    private Path checkpoint() {
        try {
            return Files.createTempDirectory(checkpoints, "c");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Outcome start(Dataset<Row> frame, OutputMode mode, Path checkpoint, boolean isCollected) {
        Map<Long, List<String>> rows = new ConcurrentHashMap<>();
        StreamingQuery query = null;
        try {
            var writer = frame.writeStream()
                    .outputMode(mode.word())
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint.toString());
            if (isCollected) {
                VoidFunction2<Dataset<Row>, Long> keep = (batch, id) -> rows.put(
                        id, batch.collectAsList().stream().map(Row::toString).toList());
                query = writer.foreachBatch(keep).start();
            } else {
                query = writer.format("noop").start();
            }
            if (!query.awaitTermination(PATIENCE_MILLIS)) {
                return outcome(query, Optional.of("still running"), rows);
            }
            return outcome(query, Optional.empty(), rows);
        } catch (StreamingQueryException failed) {
            return outcome(query, Optional.of(firstLine(failed)), rows);
        } catch (Exception refused) {
            return outcome(query, Optional.of(firstLine(refused)), rows);
        }
    }

    private static Outcome outcome(StreamingQuery query, Optional<String> failure, Map<Long, List<String>> rows) {
        List<StreamingQueryProgress> batches = new ArrayList<>();
        if (query != null) {
            Set<Long> seen = new HashSet<>();
            for (StreamingQueryProgress progress : query.recentProgress()) {
                if (seen.add(progress.batchId())) {
                    batches.add(progress);
                }
            }
        }
        return new Outcome(failure, batches, new TreeMap<>(rows));
    }

    private static String firstLine(Throwable failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }

    /** Whether what came of an accepted stream is what was promised: it runs, drops nothing, and forgets what it may. */
    static Optional<String> complaint(Case one, Outcome outcome) {
        if (outcome.failure().isPresent()) {
            return outcome.failure();
        }
        if (outcome.droppedAsLate() > 0) {
            return Optional.of(outcome.droppedAsLate() + " rows dropped as late");
        }
        boolean mayGrow = one.growth() == StateGrowth.ACCEPTED || one.mode() == OutputMode.COMPLETE;
        return !mayGrow && outcome.hasGrowingState() ? Optional.of("state grows") : Optional.empty();
    }
}
