package io.odibi.engine.analysis;

import io.odibi.core.model.OutputMode;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The cases of {@code corpus.txt}: steps over the inputs that its head names, and the verdict for each output mode. */
final class Corpus {

    /** A thing that is done to the frame so far. */
    record Step(String kind, String text) {}

    /** The steps of a case; several cases share them. */
    record Steps(String name, List<Step> steps) {

        /** Applies the steps to the views of a session. */
        Dataset<Row> apply(SparkSession session) {
            Dataset<Row> frame = null;
            for (Step step : steps) {
                frame = apply(step, session, frame);
            }
            return Objects.requireNonNull(frame, name);
        }

        private static Dataset<Row> apply(Step step, SparkSession session, Dataset<Row> frame) {
            switch (step.kind()) {
                case "sql" -> {
                    // A session of its own keeps the view 'df' from cases that run beside this one.
                    if (frame != null) {
                        frame.createOrReplaceTempView("df");
                    }
                    return session.sql(step.text());
                }
                case "dedupe" -> {
                    return frame.dropDuplicates(words(step.text()));
                }
                case "within" -> {
                    return frame.dropDuplicatesWithinWatermark(words(step.text()));
                }
                case "watermark" -> {
                    String[] words = words(step.text());
                    return frame.withWatermark(words[0], words[1]);
                }
                default -> throw new IllegalArgumentException("no step '" + step.kind() + "'");
            }
        }

        private static String[] words(String text) {
            return Arrays.stream(text.split(",")).map(String::strip).toArray(String[]::new);
        }
    }

    /** The verdict of one output mode. */
    enum Verdict {
        ACCEPT,
        WARN,
        REJECT
    }

    /**
     * One case.
     *
     * @param told code and place of each finding, in the order of places: {@code STREAM_LIMIT 1:8}
     */
    record Case(Steps steps, OutputMode mode, StateGrowth growth, Verdict verdict, List<String> told) {

        /** Whether Spark's analysis refuses the steps themselves. */
        boolean isRefusedByAnalysis() {
            return told.stream().anyMatch(one -> one.startsWith("SQL_ANALYSIS"));
        }

        @Override
        public String toString() {
            return steps.name() + ", " + mode.word() + (growth == StateGrowth.ACCEPTED ? ", unbounded" : "");
        }
    }

    private Corpus() {}

    static List<Case> cases() {
        return parse(read("corpus.txt"));
    }

    static List<Case> parse(String text) {
        List<Case> cases = new ArrayList<>();
        String name = "";
        List<Step> steps = new ArrayList<>();
        Steps shared = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith("== ")) {
                name = line.substring(3).strip();
                steps = new ArrayList<>();
                shared = null;
            } else if (line.startsWith("  ")) {
                Step last = steps.remove(steps.size() - 1);
                String more = line.substring(2);
                steps.add(new Step(last.kind(), last.text().isEmpty() ? more : last.text() + "\n" + more));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String key = line.substring(0, line.indexOf(':'));
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (key.matches("(append|update|complete)!?")) {
                    shared = shared == null ? new Steps(name, List.copyOf(steps)) : shared;
                    cases.add(verdict(shared, key, value));
                } else {
                    steps.add(new Step(key, value));
                }
            }
        }
        return cases;
    }

    private static Case verdict(Steps steps, String key, String value) {
        OutputMode mode = OutputMode.valueOf(key.replace("!", "").toUpperCase(Locale.ROOT));
        StateGrowth growth = key.endsWith("!") ? StateGrowth.ACCEPTED : StateGrowth.BOUNDED;
        String[] words = value.split(" ", 2);
        List<String> told = words.length == 1
                ? List.of()
                : Arrays.stream(words[1].split(",")).map(String::strip).toList();
        return new Case(steps, mode, growth, Verdict.valueOf(words[0].toUpperCase(Locale.ROOT)), told);
    }

    private static String read(String resource) {
        try (InputStream in = Corpus.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
