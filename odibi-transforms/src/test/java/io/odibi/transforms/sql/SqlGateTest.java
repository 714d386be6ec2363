package io.odibi.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.transforms.Steps;
import io.odibi.transforms.Steps.Input;
import io.odibi.transforms.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQL may not do. Each fault is marked by {@code ¦}. */
class SqlGateTest {

    private static Input input;

    @BeforeAll
    static void tables() {
        TestSpark.table("('secret')", "word").createOrReplaceTempView("someone_elses");
        input = Input.of(TestSpark.table("(1, 'a', 10.0), (2, 'b', 20.0)", "id, name, amount"))
                .with("orders", TestSpark.table("(1, 5), (1, 6)", "id, price"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "¦DROP TABLE orders",
                "¦DROP TABLE IF EXISTS a.b",
                "¦CREATE TABLE t AS SELECT * FROM orders",
                "¦CREATE TEMPORARY VIEW v AS SELECT * FROM orders",
                "¦CREATE FUNCTION f AS 'java.lang.Math'",
                "¦INSERT INTO orders SELECT * FROM {input}",
                "¦INSERT OVERWRITE DIRECTORY '/tmp/x' USING json SELECT * FROM {input}",
                "FROM {input} ¦INSERT INTO orders SELECT *",
                "WITH c AS (SELECT 1) ¦INSERT INTO orders SELECT * FROM c",
                "¦DELETE FROM orders WHERE id = 1",
                "¦UPDATE orders SET id = 2",
                "¦MERGE INTO orders USING {input} i ON i.id = orders.id WHEN MATCHED THEN DELETE",
                "¦TRUNCATE TABLE orders",
                "¦SET spark.sql.shuffle.partitions = 1",
                "¦SET spark.hadoop.fs.azure.account.key.x",
                "¦RESET",
                "¦CACHE TABLE orders",
                "¦UNCACHE TABLE orders",
                "¦REFRESH TABLE orders",
                "¦USE other",
                "¦SHOW TABLES",
                "¦DESCRIBE orders",
                "¦EXPLAIN SELECT * FROM orders",
                "¦ANALYZE TABLE orders COMPUTE STATISTICS",
                "¦ADD JAR '/tmp/x.jar'",
                "¦LOAD DATA INPATH '/etc' INTO TABLE orders",
                "¦MSCK REPAIR TABLE orders",
                "¦COMMENT ON TABLE orders IS 'x'",
                "SELECT 1; ¦DROP TABLE orders",
                "SELECT 1;; -- and\n ¦SELECT 2",
                "¦SELECT TRANSFORM(id) USING 'id' FROM {input}",
                "¦MAP id USING 'id' FROM {input}",
                "SELECT * FROM (¦SELECT TRANSFORM(id) USING 'cat' AS (x) FROM {input})",
                "SELECT ¦reflect('java.lang.System', 'getProperty', 'user.home') FROM {input}",
                "SELECT ¦java_method('java.lang.System', 'getenv', 'HOME') FROM {input}",
                "SELECT ¦builtin.reflect('java.lang.System', 'getProperty', 'user.home') FROM {input}",
                "SELECT ¦`REFLECT`('java.lang.System', 'exit', 0) FROM {input}",
                "SELECT * FROM {input} WHERE name = ¦reflect('a.B', 'c')",
                "SELECT * FROM {input} ORDER BY ¦reflect('a.B', 'c')",
                "SELECT id FROM {input} GROUP BY id HAVING ¦reflect('a.B', 'c') = 'x'",
                "SELECT * FROM {input} i JOIN orders o ON i.id = ¦reflect('a.B', 'c')",
                "SELECT sum(id) FILTER (WHERE ¦reflect('a.B', 'c') = 'x') FROM {input}",
                "SELECT sum(id) OVER (PARTITION BY ¦reflect('a.B', 'c')) FROM {input}",
                "SELECT sum(id) OVER w FROM {input} WINDOW w AS (ORDER BY ¦reflect('a.B', 'c'))",
                "SELECT * FROM {input} LIMIT length(¦reflect('a.B', 'c'))",
                "SELECT * FROM VALUES (¦reflect('a.B', 'c')) AS t(x)",
                "SELECT explode(array(¦reflect('a.B', 'c'))) FROM {input}",
                "SELECT * FROM {input} LATERAL VIEW explode(array(¦reflect('a.B', 'c'))) x",
                "SELECT * FROM explode(array(¦reflect('a.B', 'c')))",
                "SELECT transform(array(1), x -> ¦reflect('a.B', 'c')) FROM {input}",
                "SELECT CASE WHEN true THEN ¦reflect('a.B', 'c') END FROM {input}",
                "SELECT * FROM {input} PIVOT (max(¦reflect('a.B', 'c')) FOR name IN ('a'))",
                "SELECT /*+ REPARTITION(2, ¦reflect('a.B', 'c')) */ * FROM {input}",
                "SELECT (SELECT ¦reflect('a.B', 'c')) FROM {input}",
                "WITH c AS (SELECT ¦reflect('a.B', 'c') AS x) SELECT * FROM c",
                "SELECT * FROM ¦text.`/etc/passwd`",
                "SELECT * FROM ¦`text`.`/etc/passwd`",
                "SELECT * FROM ¦delta.`/data/lake/orders`",
                "SELECT * FROM ¦parquet.`s3a://bucket/x`",
                "SELECT * FROM ¦default.orders",
                "SELECT * FROM ¦spark_catalog.default.orders",
                "SELECT * FROM {input} JOIN ¦json.`/etc` ON true",
                "SELECT (SELECT max(value) FROM ¦text.`/etc/passwd`) FROM {input}",
                "SELECT * FROM {input} WHERE name IN (SELECT value FROM ¦text.`/etc/passwd`)",
                "SELECT * FROM {input} WHERE EXISTS (SELECT 1 FROM ¦text.`/etc/passwd`)",
                "WITH c AS (SELECT * FROM ¦text.`/etc/passwd`) SELECT * FROM c",
                "SELECT * FROM {input}, LATERAL (SELECT * FROM ¦text.`/etc/passwd`)",
                "SELECT sum(id) OVER w FROM {input} WINDOW w AS (ORDER BY (SELECT max(value) FROM ¦text.`/etc/passwd`))",
                "SELECT * FROM {input} UNION ALL SELECT 1, value, 1.0 FROM ¦text.`/etc/passwd`",
                "TABLE ¦default.orders",
                "SELECT * FROM ¦IDENTIFIER('text.`/etc/passwd`')",
                "SELECT ¦IDENTIFIER('reflect')('java.lang.System', 'exit', 0) FROM {input}",
                "SELECT * FROM ¦IDENTIFIER('orders')",
                "SELECT * FROM orders ¦VERSION AS OF 1",
                "SELECT * FROM ¦sql_keywords()",
                "SELECT * FROM ¦read_files('/etc')",
                "SELECT ¦${env:HOME} AS x",
                "SELECT '¦${env:HOME}' AS x",
                "SELECT '¦${spark.hadoop.fs.azure.account.key.x}' AS x, \"¦${system:user.home}\" AS y",
            })
    void refusesWhatReachesOutsideTheStep(String marked) {
        Marked text = Marked.of(marked);

        List<Finding> findings = refusals(text.sql());

        assertThat(findings).extracting(Finding::code).containsOnly(FindingCode.SQL_NOT_ALLOWED);
        assertThat(findings).extracting(Finding::at).containsExactlyElementsOf(text.places());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM ¦someone_elses",
                "SELECT * FROM {input} JOIN ¦someone_elses ON true",
                "SELECT (SELECT max(word) FROM ¦someone_elses) FROM {input}",
                "WITH c AS (SELECT 1 AS x) SELECT * FROM c JOIN ¦d",
                "WITH a AS (SELECT * FROM ¦b), b AS (SELECT 1 AS x) SELECT * FROM a",
                "SELECT * FROM (WITH c AS (SELECT 1) SELECT * FROM c) JOIN ¦c",
                "SELECT * FROM ¦input",
                "TABLE ¦nothing",
            })
    void refusesTablesThatAreNoInputs(String marked) {
        Marked text = Marked.of(marked);

        List<Finding> findings = refusals(text.sql());

        assertThat(findings).extracting(Finding::code).containsOnly(FindingCode.SQL_UNKNOWN_TABLE);
        assertThat(findings).extracting(Finding::at).containsExactlyElementsOf(text.places());
    }

    @Test
    void tellsEveryRefusalOfAStatementAtOnce() {
        Marked text = Marked.of("""
                WITH c AS (SELECT ¦reflect('a.B', 'c') AS x FROM ¦nowhere)
                SELECT *
                FROM c JOIN ¦text.`/etc/passwd`
                WHERE ¦java_method('a.B', 'c') = 1
                """);

        assertThat(refusals(text.sql())).extracting(Finding::at).containsExactlyElementsOf(text.places());
    }

    @Test
    void namesTheInputsThatThereAre() {
        Finding finding = refusals("SELECT * FROM ordres").get(0);

        assertThat(finding.message()).isEqualTo("the step has no input 'ordres'");
        assertThat(finding.notes())
                .extracting(Finding.Note::text)
                .containsExactly("{input}, df, orders", "did you mean 'orders'?");
    }

    @Test
    void saysThatThereIsNoCurrentFrame() {
        Input without = Input.none().with("orders", TestSpark.table("(1)", "id"));

        List<Finding> findings = refusals(without, "SELECT * FROM {input}, df");

        assertThat(findings)
                .extracting(Finding::message)
                .containsExactly("the step has no input '{input}'", "the step has no input 'df'");
        assertThat(findings.get(0).notes()).extracting(Finding.Note::text).contains("orders");
    }

    @Test
    void loadsNoClassThatSqlNames() {
        refusals("SELECT reflect('" + Tripwire.class.getName() + "', 'touch') FROM {input}");

        assertThat(System.getProperty("odibi.tripwire")).isNull();
    }

    @Test
    void readsNoFileThroughXml(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("secret.txt"), "hidden");
        String xml = "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + file.toUri() + "\">]><a>&e;</a>";

        var frame = Sql.over(input).query(Steps.line("SELECT xpath_string('" + xml + "', 'a') AS x FROM {input}"));

        assertThat(told(() -> TestSpark.rows(frame))).doesNotContain("hidden");
    }

    @Test
    void refusesTextThatIsNestedTooDeeply() {
        String deep = "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000);
        String longwinded = "SELECT " + "NOT ".repeat(20_000) + "true";

        assertThat(refusals(deep)).extracting(Finding::code).containsExactly(FindingCode.SQL_SYNTAX);
        assertThat(refusals(longwinded)).extracting(Finding::code).containsExactly(FindingCode.SQL_SYNTAX);
    }

    @Test
    void gatesExpressionsToo() {
        Sql sql = Sql.over(input);

        assertThat(refusals(() -> sql.expression(Steps.block("length(reflect('a.B', 'c')) > 1"))))
                .extracting(Finding::code)
                .containsExactly(FindingCode.SQL_NOT_ALLOWED);
        assertThat(refusals(() -> sql.expression(Steps.block("id IN (SELECT id FROM default.x)"))))
                .extracting(Finding::code)
                .containsExactly(FindingCode.SQL_NOT_ALLOWED);
        assertThat(refusals(() -> sql.ordering(Steps.block("id DESC, reflect('a.B', 'c')"))))
                .extracting(Finding::at)
                .containsExactlyElementsOf(Marked.of("id DESC, ¦reflect").places());
    }

    /** A class that leaves a mark when it is loaded. */
    public static final class Tripwire {
        static {
            System.setProperty("odibi.tripwire", "loaded");
        }

        private Tripwire() {}

        public static String touch() {
            return "touched";
        }
    }

    private static String told(Runnable work) {
        try {
            work.run();
            return "";
        } catch (RuntimeException failed) {
            return failed.toString();
        }
    }

    private static List<Finding> refusals(String sql) {
        return refusals(input, sql);
    }

    private static List<Finding> refusals(Input input, String sql) {
        return refusals(() -> Sql.over(input).query(Steps.block(sql)));
    }

    private static List<Finding> refusals(Runnable work) {
        StepException refused = catchThrowableOfType(StepException.class, work::run);
        assertThat(refused).isNotNull();
        assertThat(refused.findings().stream().map(Finding::message).collect(Collectors.joining()))
                .doesNotContain("org.apache");
        return refused.findings();
    }
}
