package io.odibi.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.engine.analysis.Corpus.Case;
import io.odibi.engine.analysis.Corpus.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamRulesTest {

    static final StructType ROWS =
            StructType.fromDDL("k STRING, v INT, ts TIMESTAMP, ts2 TIMESTAMP, d DATE, a ARRAY<INT>, j STRING");

    private static SparkSession session;

    @BeforeAll
    static void registersEmptyInputs() {
        session = LocalSpark.session();
        for (String name : List.of("s", "t", "late")) {
            Dataset<Row> stream = EmptyFrames.stream(session, ROWS);
            stream.createOrReplaceTempView(name);
            stream.withWatermark("ts", "10 minutes").createOrReplaceTempView(name + "w");
        }
        EmptyFrames.batch(session, StructType.fromDDL("k STRING, v INT, name STRING"))
                .createOrReplaceTempView("b");
    }

    static Stream<Case> cases() {
        return Corpus.cases().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judges(Case one) {
        if (one.isRefusedByAnalysis()) {
            assertThatThrownBy(() -> one.steps().apply(session)).isInstanceOf(AnalysisException.class);
            return;
        }
        List<Violation> violations =
                StreamRules.check(one.steps().apply(session).queryExecution().analyzed(), one.mode(), one.growth());
        List<String> told =
                violations.stream().map(StreamRulesTest::told).sorted().toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(one.told());
        Verdict verdict = violations.isEmpty()
                ? Verdict.ACCEPT
                : violations.stream().anyMatch(violation -> violation.finding().isError())
                        ? Verdict.REJECT
                        : Verdict.WARN;
        assertThat(verdict).isEqualTo(one.verdict());
    }

    @Test
    void hasACaseForEachRowOfTheMatrix() {
        assertThat(Corpus.cases()).hasSizeGreaterThan(150);
    }

    private static String told(Violation violation) {
        String place = Origins.line(violation.origin())
                .map(line -> line + ":" + Origins.column(violation.origin()))
                .orElse("-");
        return violation.finding().code() + " " + place;
    }
}
