package io.odibi.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.engine.analysis.Corpus.Case;
import io.odibi.engine.analysis.Corpus.Verdict;
import io.odibi.engine.analysis.OracleRun.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verdicts of the corpus against Spark itself: what is accepted runs, drops nothing and forgets what it may; what is rejected fails
 * or goes wrong; what is warned of happens.
 */
class OracleIT {

    private static final int SIDE_BY_SIDE = 3;

    private static final ExecutorService RUNNERS = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    private static final Map<Case, Future<List<Outcome>>> OUTCOMES = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void startsAll() throws IOException {
        OracleData.write(folder);
        ThreadLocal<OracleRun> run = ThreadLocal.withInitial(() -> {
            SparkSession session = LocalSpark.session();
            SparkSession.setActiveSession(session);
            OracleData.register(session, folder);
            return new OracleRun(session, folder);
        });
        cases().forEach(one -> OUTCOMES.put(one, RUNNERS.submit(() -> run(run.get(), one))));
    }

    @AfterAll
    static void stops() {
        RUNNERS.shutdownNow();
    }

    static Stream<Case> cases() {
        return Corpus.cases().stream().filter(one -> !one.isRefusedByAnalysis());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithSpark(Case one) throws Exception {
        List<Outcome> found = OUTCOMES.get(one).get();
        switch (one.verdict()) {
            case ACCEPT ->
                assertThat(OracleRun.complaint(one, found.get(0)))
                        .as(one.toString())
                        .isEmpty();
            case REJECT ->
                assertThat(goesWrong(one, found.get(0)))
                        .as(one + ": Spark runs it, and nothing of " + one.told() + " is seen")
                        .isTrue();
            case WARN -> {
                assertThat(OracleRun.complaint(one, found.get(0)))
                        .as(one.toString())
                        .isEmpty();
                assertThat(happens(one, found)).as("what is warned of").isTrue();
            }
        }
    }

    private static List<Outcome> run(OracleRun run, Case one) {
        if (one.verdict() != Verdict.WARN) {
            return List.of(run.run(one));
        }
        return tells(one, "STREAM_NONDETERMINISTIC") ? run.repeat(one) : List.of(run.collect(one));
    }

    private static boolean goesWrong(Case one, Outcome outcome) {
        return outcome.failure().isPresent()
                || (tells(one, "STREAM_UNBOUNDED_STATE") && outcome.hasGrowingState())
                || (tells(one, "STREAM_LIMIT") && outcome.isSilent())
                || (tells(one, "STREAM_NEEDS_WATERMARK") && outcome.droppedAsLate() > 0);
    }

    private static boolean happens(Case one, List<Outcome> outcomes) {
        Map<Long, List<String>> first = outcomes.get(0).rows();
        if (tells(one, "STREAM_NONDETERMINISTIC")) {
            Map<Long, List<String>> again = outcomes.get(1).rows();
            return again.entrySet().stream().anyMatch(batch -> !batch.getValue().equals(first.get(batch.getKey())));
        }
        // The first window is written while it matches; the next micro-batch makes it grow out of the filter, and
        // nobody is told.
        String window = "2024-01-01 00:00:00";
        return contains(first.get(0L), window)
                && first.entrySet().stream()
                        .noneMatch(batch -> batch.getKey() > 0 && contains(batch.getValue(), window));
    }

    private static boolean contains(List<String> rows, String text) {
        return rows.stream().anyMatch(row -> row.contains(text));
    }

    private static boolean tells(Case one, String code) {
        return one.told().stream().anyMatch(told -> told.startsWith(code));
    }
}
