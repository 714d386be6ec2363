package io.odibi.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.transforms.Steps;
import io.odibi.transforms.Steps.Input;
import io.odibi.transforms.TestSpark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What SQL may do, with the rows that it makes. */
class SqlQueryTest {

    private static Input input;

    @BeforeAll
    static void tables() {
        input = Input.of(TestSpark.table("(1, 'a', 10), (2, 'b', 20), (3, 'df', 30)", "id, name, amount"))
                .with("orders", TestSpark.table("(1, 5), (1, 6), (2, 7)", "id, price"))
                .with("Lines", TestSpark.table("(array(1, 2), named_struct('x', 9))", "xs, s"));
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                arguments("SELECT id FROM {input}", "[1] [2] [3]"),
                arguments("SELECT id FROM df;", "[1] [2] [3]"),
                arguments("select id from DF where df.id > 1", "[2] [3]"),
                arguments("SELECT {input}.id FROM {input} WHERE {input}.id = 1", "[1]"),
                arguments("SELECT id FROM { input } WHERE id = 1", "[1]"),
                arguments("SELECT id FROM `df` WHERE name = 'df'", "[3]"),
                arguments(
                        "SELECT 'df {input} ; --' AS x, r'\\d' AS y FROM {input} WHERE id = 1",
                        "[df {input} ; --,\\d]"),
                arguments(
                        "SELECT \"{input}\" AS `df {input}` FROM {input} -- df {input}; ${no}\nWHERE id = 1",
                        "[{input}]"),
                arguments("/* {input} /* ${nested} */ DROP TABLE x; */ SELECT id FROM df WHERE id = 1", "[1]"),
                arguments(
                        "SELECT /*+ BROADCAST(orders) */ price FROM {input} JOIN orders USING (id) WHERE id = 2",
                        "[7]"),
                arguments(
                        "SELECT /*+ BROADCAST({input}) */ price FROM {input} JOIN orders USING (id) WHERE id = 2",
                        "[7]"),
                arguments("SELECT 'it''s' AS x, 'a\\'b' AS y FROM df WHERE id = 1", "[its,a'b]"),
                arguments("SELECT i.id, o.price FROM {input} i JOIN orders o ON i.id = o.id", "[1,5] [1,6] [2,7]"),
                arguments("SELECT orders.price FROM orders WHERE orders.id = 2", "[7]"),
                arguments("SELECT ORDERS.price FROM Orders WHERE id = 2", "[7]"),
                arguments("SELECT x FROM lines LATERAL VIEW explode(xs) t AS x", "[1] [2]"),
                arguments("SELECT s.x, xs[1] FROM lines", "[9,2]"),
                arguments("SELECT a.id, b.id FROM {input} a JOIN {input} b ON a.id = b.id + 1", "[2,1] [3,2]"),
                arguments("SELECT df.id, b.id FROM df, df AS b WHERE df.id = 1 AND b.id = 3", "[1,3]"),
                arguments("SELECT count(*) FROM orders x, orders y, orders z", "[27]"),
                arguments("WITH c AS (SELECT id FROM {input}) SELECT * FROM c WHERE id = 1", "[1]"),
                arguments("WITH orders AS (SELECT id FROM orders WHERE price = 7) SELECT * FROM orders", "[2]"),
                arguments("WITH df AS (SELECT id FROM df WHERE id = 2) SELECT * FROM df", "[2]"),
                arguments(
                        "WITH input AS (SELECT 9 AS id) SELECT i.id, input.id FROM {input} i, input WHERE i.id = 1",
                        "[1,9]"),
                arguments("WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT * FROM b", "[2]"),
                arguments(
                        "WITH a AS (WITH b AS (SELECT id FROM df WHERE id = 1) SELECT * FROM b) SELECT * FROM a",
                        "[1]"),
                arguments("WITH c(k) AS (SELECT id FROM df) SELECT k FROM c WHERE k = 1", "[1]"),
                arguments("SELECT id FROM df WHERE id IN (SELECT id FROM orders)", "[1] [2]"),
                arguments("SELECT id FROM df WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = df.id)", "[3]"),
                arguments(
                        "SELECT id, (SELECT max(price) FROM orders o WHERE o.id = i.id) AS m FROM {input} i WHERE id < 3",
                        "[1,6] [2,7]"),
                arguments(
                        "SELECT i.id, t.p FROM {input} i, LATERAL (SELECT sum(price) p FROM orders o WHERE o.id = i.id) t WHERE i.id = 1",
                        "[1,11]"),
                arguments(
                        "SELECT id, sum(price) OVER (PARTITION BY id ORDER BY price) FROM orders",
                        "[1,11] [1,5] [2,7]"),
                arguments(
                        "SELECT id, row_number() OVER w FROM orders WINDOW w AS (PARTITION BY id ORDER BY price)",
                        "[1,1] [1,2] [2,1]"),
                arguments("SELECT id, sum(price) AS total FROM orders GROUP BY id HAVING sum(price) > 7", "[1,11]"),
                arguments("SELECT id, sum(price) FROM orders GROUP BY ROLLUP (id)", "[1,11] [2,7] [null,18]"),
                arguments("SELECT id, count(*) FROM orders GROUP BY GROUPING SETS ((id), ())", "[1,2] [2,1] [null,3]"),
                arguments("SELECT DISTINCT id FROM orders", "[1] [2]"),
                arguments("SELECT id FROM df ORDER BY id DESC LIMIT 1 OFFSET 1", "[2]"),
                arguments("SELECT id FROM df UNION ALL SELECT id FROM orders", "[1] [1] [1] [2] [2] [3]"),
                arguments("SELECT id FROM df EXCEPT SELECT id FROM orders", "[3]"),
                arguments("SELECT id FROM df INTERSECT SELECT id FROM orders", "[1] [2]"),
                arguments("SELECT * FROM VALUES (1), (2) AS t(x)", "[1] [2]"),
                arguments("VALUES (1, 'x')", "[1,x]"),
                arguments("TABLE orders", "[1,5] [1,6] [2,7]"),
                arguments("SELECT 1 AS x", "[1]"),
                arguments("SELECT id FROM range(2)", "[0] [1]"),
                arguments("SELECT explode(array(1, 2)) AS x", "[1] [2]"),
                arguments(
                        "SELECT i.id, x FROM {input} i, LATERAL explode(sequence(1, i.id)) t(x) WHERE i.id < 3",
                        "[1,1] [2,1] [2,2]"),
                arguments("SELECT * FROM orders PIVOT (sum(price) FOR id IN (1 AS one, 2 AS two))", "[11,7]"),
                arguments(
                        "SELECT * FROM (SELECT id, amount FROM df WHERE id = 1) UNPIVOT (v FOR k IN (id, amount))",
                        "[amount,10] [id,1]"),
                arguments("SELECT count(*) FROM df TABLESAMPLE (100 PERCENT)", "[3]"),
                arguments("SELECT transform(xs, x -> x + 1) FROM lines", "[WrappedArray(2, 3)]"),
                arguments("SELECT from_json('{\"a\": 1}', 'a INT').a AS a", "[1]"),
                arguments("SELECT get_json_object('{\"a\": {\"b\": 2}}', '$.a.b') AS b", "[2]"),
                arguments("SELECT id FROM df DISTRIBUTE BY id SORT BY id", "[1] [2] [3]"),
                arguments("FROM df SELECT id WHERE id = 1", "[1]"),
                arguments("(SELECT id FROM df WHERE id = 1)", "[1]"),
                arguments("SELECT CASE WHEN id = 1 THEN 'x' ELSE name END FROM df", "[b] [df] [x]"),
                arguments("SELECT struct(id, name).name FROM df WHERE id = 1", "[a]"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void makesTheRowsOfAQuery(String query, String rows) {
        assertThat(String.join(" ", TestSpark.rows(run(query)))).isEqualTo(rows);
    }

    @Test
    void leavesNothingBehindInTheSession() {
        List<String> before = tablesInSession();

        TestSpark.rows(run("WITH c AS (SELECT * FROM {input}) SELECT c.id FROM c JOIN orders USING (id)"));

        assertThat(tablesInSession()).isEqualTo(before);
    }

    @Test
    void fillsInNoVariables() {
        TestSpark.session().conf().set("odibi.test.secret", "hidden");
        Scalar text = Steps.line("SELECT concat('$', '{odibi.test.secret}') AS x -- ${odibi.test.secret}");

        assertThat(TestSpark.rows(Sql.over(input).query(text))).containsExactly("[${odibi.test.secret}]");
    }

    @Test
    void readsAnInputCalledInputBesideTheCurrentFrame() {
        Input both = input.with("input", TestSpark.table("(7)", "id"));

        assertThat(TestSpark.rows(
                        Sql.over(both).query(Steps.line("SELECT a.id, b.id FROM {input} a, input b WHERE a.id = 1"))))
                .containsExactly("[1,7]");
        assertThat(TestSpark.rows(Sql.over(both).query(Steps.line("SELECT '😀' AS x, id FROM {input} WHERE id = 1"))))
                .containsExactly("[😀,1]");
    }

    @Test
    void readsAQueryOverAQuery() {
        Dataset<Row> first = run("SELECT id, price AS p FROM orders");

        Dataset<Row> second = Sql.over(Input.of(first).with("orders", first))
                .query(Steps.line("SELECT a.p FROM {input} a JOIN orders b ON a.p = b.p WHERE a.id = 2"));

        assertThat(TestSpark.rows(second)).containsExactly("[7]");
    }

    @Test
    void addsNothingToThePlanOfAHandWrittenQuery() {
        input.current().orElseThrow().createOrReplaceTempView("by_hand_input");
        input.named().get("orders").createOrReplaceTempView("by_hand_orders");
        String query =
                "WITH c AS (SELECT id, amount * 2 AS a FROM %s) SELECT c.a, o.price FROM c JOIN %s o ON c.id = o.id";

        Dataset<Row> ours = run(query.formatted("{input}", "orders"));
        Dataset<Row> byHand = TestSpark.session().sql(query.formatted("by_hand_input", "by_hand_orders"));

        assertThat(ours.queryExecution()
                        .optimizedPlan()
                        .sameResult(byHand.queryExecution().optimizedPlan()))
                .isTrue();
        TestSpark.session().catalog().dropTempView("by_hand_input");
        TestSpark.session().catalog().dropTempView("by_hand_orders");
    }

    @Test
    void readsExpressionsWithTheFramesName() {
        Dataset<Row> frame = input.current().orElseThrow();
        Sql sql = Sql.over(input);

        assertThat(TestSpark.rows(frame.select(
                        sql.expression(Steps.line("df.id + {input}.amount")).column())))
                .containsExactly("[11]", "[22]", "[33]");
        assertThat(TestSpark.rows(
                        frame.filter(sql.expression(Steps.line("id IN (SELECT o.id FROM orders o WHERE o.price > 6)"))
                                        .column())
                                .select("id")))
                .containsExactly("[2]");
    }

    @Test
    void readsOrderings() {
        Sql sql = Sql.over(input);

        List<SqlExpression> items = sql.ordering(Steps.line("id DESC NULLS LAST, length(name), amount"));

        assertThat(items).hasSize(3);
        assertThat(items.get(0).column().toString()).contains("DESC NULLS LAST");
    }

    private static Dataset<Row> run(String query) {
        return Sql.over(input).query(Steps.block(query));
    }

    private static List<String> tablesInSession() {
        return Arrays.stream((Row[]) TestSpark.session().sql("SHOW TABLES").collect())
                .map(Row::toString)
                .sorted()
                .toList();
    }
}
