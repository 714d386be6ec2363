package io.odibi.transforms;

import static io.odibi.transforms.Steps.step;
import static io.odibi.transforms.TestSpark.rows;
import static io.odibi.transforms.TestSpark.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Step;
import io.odibi.transforms.Steps.Input;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows that each transform makes in batch. */
class TransformsTest {

    private static Dataset<Row> people;
    private static Dataset<Row> orders;
    private static Dataset<Row> nested;

    @BeforeAll
    static void frames() {
        people = table("(1, 'ann', 10.5), (2, 'bob', null), (3, null, 7.0)", "id, name, score");
        orders = table("(1, 'x', 5), (1, 'y', 6), (4, 'z', 7)", "id, name, price");
        nested = table(
                "(1, array('a', 'b'), named_struct('k', 'v', 'in', named_struct('n', 1))), "
                        + "(2, array(), named_struct('k', 'w', 'in', named_struct('n', 2)))",
                "id, xs, s");
    }

    @Test
    void sqlSelects() {
        assertThat(after(people, step("sql", "query", "SELECT id FROM {input} WHERE score > 8")))
                .containsExactly("[1]");
    }

    @Test
    void filterRowsKeepsWhatIsTrue() {
        assertThat(after(people, step("filter_rows", "condition", "score > 8"))).containsExactly("[1,ann,10.5]");
        assertThat(rows(Steps.apply(
                        Input.of(people).with("orders", orders),
                        step("filter_rows", "condition", "id IN (SELECT id FROM orders)"))))
                .containsExactly("[1,ann,10.5]");
    }

    @Test
    void deriveAddsInOrderAndReplacesInPlace() {
        Dataset<Row> derived = Steps.apply(
                people,
                step(
                        "derive",
                        "columns",
                        Steps.mapping(
                                "a",
                                "id + 1",
                                "b",
                                "a * 10",
                                "id",
                                "id * 100",
                                "c",
                                "id",
                                "d",
                                "1",
                                "e",
                                "2",
                                "f",
                                "3")));

        assertThat(derived.columns()).containsExactly("id", "name", "score", "a", "b", "c", "d", "e", "f");
        assertThat(rows(derived.select("id", "a", "b", "c")))
                .containsExactly("[100,2,20,100]", "[200,3,30,200]", "[300,4,40,300]");
    }

    @Test
    void deriveTakesFieldsLikeThePlansExample() {
        Dataset<Row> parsed =
                people.selectExpr("named_struct('event_time', timestamp'2024-01-01') AS parsed", "id AS event_time");

        Dataset<Row> derived = Steps.apply(
                parsed,
                step(
                        "derive_columns",
                        "derivations",
                        Steps.mapping("EVENT_TIME", "parsed.event_time", "day", "date(event_time)")));

        assertThat(rows(derived.select("EVENT_TIME", "day")).get(0)).isEqualTo("[2024-01-01 00:00:00.0,2024-01-01]");
        assertThat(derived.columns()).hasSize(3);
    }

    @Test
    void deriveMakesOneProjectionOfIndependentColumns() {
        Dataset<Row> derived = Steps.apply(
                people, step("derive", "columns", Steps.mapping("a", "id + 1", "b", "id + 2", "c", "length(name)")));

        assertThat(derived.queryExecution().analyzed().toString()).containsOnlyOnce("AS a#");
        assertThat(derived.queryExecution().analyzed().toString().lines().filter(line -> line.contains("Project")))
                .hasSize(2);
    }

    @Test
    void selectsDropsAndRenames() {
        assertThat(Steps.apply(people, step("select_columns", "columns", List.of("SCORE", "id")))
                        .columns())
                .containsExactly("score", "id");
        assertThat(Steps.apply(people, step("drop_columns", "columns", List.of("Name", "score")))
                        .columns())
                .containsExactly("id");
        Dataset<Row> swapped = Steps.apply(
                people, step("rename_columns", "mapping", Steps.mapping("id", "name", "name", "id", "score", "s")));
        assertThat(swapped.columns()).containsExactly("name", "id", "s");
        assertThat(rows(swapped)).contains("[1,ann,10.5]");
    }

    @Test
    void castsColumns() {
        Dataset<Row> cast = Steps.apply(
                people,
                step("cast_columns", "casts", Steps.mapping("id", "str", "score", "decimal(10, 2)", "name", "string")));

        assertThat(cast.schema().simpleString()).isEqualTo("struct<id:string,name:string,score:decimal(10,2)>");
        assertThat(rows(cast)).contains("[1,ann,10.50]");
    }

    @Test
    void fillsNulls() {
        assertThat(after(people, step("fill_nulls", "values", Steps.mapping("name", "", "score", 0))))
                .containsExactly("[1,ann,10.5]", "[2,bob,0.0]", "[3,,7.0]");
        Dataset<Row> times = table("(cast(null AS timestamp), cast(null AS boolean))", "t, b");
        assertThat(after(times, step("fill_nulls", "values", Steps.mapping("t", "2024-01-02 03:04:05", "b", true))))
                .containsExactly("[2024-01-02 03:04:05.0,true]");
    }

    @Test
    void parsesJson() {
        Dataset<Row> json = table("('{\"a\": 1, \"b\": \"x\"}'), ('nonsense')", "raw");

        assertThat(after(json, step("parse_json", "column", "raw", "json_schema", "a INT, b STRING")))
                .containsExactly("[nonsense,[null,null]]", "[{\"a\": 1, \"b\": \"x\"},[1,x]]");
        assertThat(Steps.apply(json, step("parse_json", "column", "raw", "schema", "a INT", "output_col", "p"))
                        .columns())
                .containsExactly("raw", "p");
        Dataset<Row> bytes = table("(cast('[1, 2]' AS binary))", "value");
        assertThat(rows(Steps.apply(bytes, step("parse_json", "column", "value", "json_schema", "array<int>"))
                        .select("value_parsed")))
                .containsExactly("[WrappedArray(1, 2)]");
    }

    @Test
    void explodesLists() {
        assertThat(rows(Steps.apply(nested, step("explode", "column", "xs")).select("id", "xs")))
                .containsExactly("[1,a]", "[1,b]");
        Dataset<Row> outer = Steps.apply(nested, step("explode_list_column", "column", "xs", "outer", true));
        assertThat(rows(outer.select("id", "xs"))).containsExactly("[1,a]", "[1,b]", "[2,null]");
        assertThat(outer.columns()).containsExactly("id", "xs", "s");
    }

    @Test
    void flattensStructs() {
        assertThat(Steps.apply(nested, step("flatten_struct", "column", "s")).columns())
                .containsExactly("id", "xs", "k", "in");
        Dataset<Row> deep = Steps.apply(
                nested,
                step(
                        "flatten_struct",
                        "column",
                        "s",
                        "prefix",
                        "p",
                        "depth",
                        2,
                        "separator",
                        "__",
                        "drop_source",
                        false));
        assertThat(deep.columns()).containsExactly("id", "xs", "s", "p__k", "p__in__n");
        assertThat(rows(deep.select("p__k", "p__in__n"))).containsExactly("[v,1]", "[w,2]");
    }

    @Test
    void unions() {
        Dataset<Row> other = table("('carl', 9, 1.5, true)", "name, id, score, extra");
        Input input = Input.of(people).with("other", other).with("same", people);

        assertThat(rows(Steps.apply(input, step("union", "datasets", List.of("other", "same")))))
                .contains("[9,carl,1.5]")
                .hasSize(7);
        assertThat(rows(Steps.apply(input, step("union", "datasets", "same", "by_name", false))))
                .hasSize(6);
    }

    @Test
    void joinsByKeys() {
        assertThat(joined("inner")).containsExactly("[1,ann,10.5,x,5]", "[1,ann,10.5,y,6]");
        assertThat(joined("left")).hasSize(4).contains("[2,bob,null,null,null]");
        assertThat(joined("right")).hasSize(3).contains("[4,null,null,z,7]");
        assertThat(joined("full")).hasSize(5).contains("[4,null,null,z,7]", "[3,null,7.0,null,null]");
        assertThat(joined("semi")).containsExactly("[1,ann,10.5]");
        assertThat(joined("anti")).containsExactly("[2,bob,null]", "[3,null,7.0]");
        assertThat(Steps.apply(peopleAndOrders(), step("join", "right_dataset", "orders", "on", List.of("ID")))
                        .columns())
                .containsExactly("id", "name", "score", "orders_name", "price");
        assertThat(Steps.apply(peopleAndOrders(), step("join", "right_dataset", "orders", "on", "id", "prefix", "o"))
                        .columns())
                .containsExactly("id", "name", "score", "o_name", "price");
    }

    private static List<String> joined(String how) {
        return rows(Steps.apply(peopleAndOrders(), step("join", "right_dataset", "orders", "on", "id", "how", how)));
    }

    private static Input peopleAndOrders() {
        return Input.of(people).with("orders", orders);
    }

    @Test
    void joinsByConditionRangeAndNotAtAll() {
        assertThat(rows(Steps.apply(
                        peopleAndOrders(),
                        step(
                                "join",
                                "right_dataset",
                                "orders",
                                "how",
                                "inner",
                                "condition",
                                "left.id < right.id AND right.price > left.score - 1"))))
                .containsExactly("[3,null,7.0,4,z,7]");
        assertThat(rows(Steps.apply(peopleAndOrders(), step("join", "right_dataset", "orders", "how", "cross"))))
                .hasSize(9);
        Dataset<Row> left = table("(1, timestamp'2024-01-01 00:00:00')", "id, t");
        Dataset<Row> right = table(
                "(1, timestamp'2023-12-31 23:59:00'), (1, timestamp'2023-12-31 23:50:00'), (1, timestamp'2024-01-01 00:10:00'), "
                        + "(1, timestamp'2024-01-01 00:10:01')",
                "id, u");
        Step near = step(
                "join",
                "right_dataset",
                "r",
                "on",
                "id",
                "how",
                "inner",
                "time_range",
                Steps.mapping("left", "t", "right", "u", "before", "5 minutes", "after", "10m"));
        assertThat(rows(Steps.apply(Input.of(left).with("r", right), near).select("u")))
                .containsExactly("[2023-12-31 23:59:00.0]", "[2024-01-01 00:10:00.0]");
    }

    @Test
    void joinsAFrameWithItself() {
        Input twice = Input.of(people.filter("id < 3")).with("again", people);

        assertThat(rows(Steps.apply(twice, step("join", "right_dataset", "again", "on", "id", "how", "inner"))))
                .containsExactly("[1,ann,10.5,ann,10.5]", "[2,bob,null,bob,null]");
    }

    @Test
    void deduplicates() {
        assertThat(after(orders, step("deduplicate", "keys", "id", "order_by", "price DESC")))
                .containsExactly("[1,y,6]", "[4,z,7]");
        assertThat(after(orders, step("deduplicate", "keys", List.of("id"), "order_by", "length(name), price ASC")))
                .containsExactly("[1,x,5]", "[4,z,7]");
        assertThat(after(orders, step("deduplicate", "keys", List.of("id")))).hasSize(2);
    }

    @Test
    void aggregates() {
        assertThat(after(
                        orders,
                        step(
                                "aggregate",
                                "group_by",
                                "id",
                                "aggregations",
                                Steps.mapping(
                                        "price", "sum", "name", "COUNT", "top", "max(price) + 1", "n", "count(*)"))))
                .containsExactly("[1,11,2,7,2]", "[4,7,1,8,1]");
        assertThat(after(orders, step("aggregate", "aggregations", Steps.mapping("price", "avg"))))
                .containsExactly("[6.0]");
        assertThat(after(
                        orders,
                        step(
                                "aggregate",
                                "group_by",
                                List.of("price % 2 AS odd", "length(name) AS l"),
                                "aggregations",
                                Steps.mapping("n", "count(*)"))))
                .containsExactly("[0,1,1]", "[1,1,2]");
    }

    @Test
    void aggregatesByWindowsOfTime() {
        Dataset<Row> events =
                table("(1, timestamp'2024-01-01 00:01:00'), (2, timestamp'2024-01-01 00:06:00')", "id, t");

        Dataset<Row> tumbling = Steps.apply(
                events,
                step(
                        "aggregate",
                        "window",
                        Steps.mapping("column", "t", "size", "10 minutes"),
                        "aggregations",
                        Steps.mapping("id", "sum")));
        Dataset<Row> sliding = Steps.apply(
                events,
                step(
                        "aggregate",
                        "group_by",
                        "id",
                        "window",
                        Steps.mapping("column", "t", "size", "10m", "slide", "5m"),
                        "aggregations",
                        Steps.mapping("n", "count(*)")));

        assertThat(rows(tumbling.select("window.start", "id"))).containsExactly("[2024-01-01 00:00:00.0,3]");
        assertThat(sliding.columns()).containsExactly("window", "id", "n");
        assertThat(rows(sliding)).hasSize(4);
    }

    @Test
    void keepsDistinctRows() {
        assertThat(after(table("(1, 'a'), (1, 'a'), (1, 'b')", "id, x"), step("distinct")))
                .hasSize(2);
        assertThat(after(orders, step("distinct", "columns", List.of("id")))).containsExactly("[1]", "[4]");
    }

    @Test
    void sortsAndLimits() {
        assertThat(inOrder(people, step("sort", "by", "name"))).containsExactly("[null]", "[ann]", "[bob]");
        assertThat(inOrder(people, step("sort", "by", List.of("name"), "ascending", false)))
                .containsExactly("[bob]", "[ann]", "[null]");
        assertThat(inOrder(people, step("sort", "by", List.of("score IS NULL DESC", "id"))))
                .startsWith("[bob]");
        assertThat(after(orders.sort("price"), step("limit", "n", 1, "offset", 1)))
                .containsExactly("[1,y,6]");
        assertThat(after(orders, step("limit", "n", 2))).hasSize(2);
    }

    private static List<String> inOrder(Dataset<Row> frame, Step step) {
        Row[] rows = (Row[]) Steps.apply(frame, step).select("name").collect();
        return Arrays.stream(rows).map(Row::toString).toList();
    }

    @Test
    void samples() {
        Dataset<Row> many = TestSpark.session().range(1000).toDF();

        List<String> once = after(many, step("sample", "fraction", 0.1, "seed", 7));

        assertThat(once).hasSizeBetween(50, 150).isEqualTo(after(many, step("sample", "fraction", 0.1, "seed", 7)));
        assertThat(after(many, step("sample", "fraction", 1))).hasSize(1000);
    }

    @Test
    void pivotsAndUnpivots() {
        Dataset<Row> sales = table("('n', 1, 10), ('n', 2, 20), ('s', 1, 5), ('s', 1, 6)", "region, month, amount");

        Dataset<Row> pivoted = Steps.apply(
                sales,
                step(
                        "pivot",
                        "group_by",
                        List.of("region"),
                        "pivot_col",
                        "month",
                        "values",
                        List.of(1, 2),
                        "agg_col",
                        "amount"));

        assertThat(pivoted.columns()).containsExactly("region", "1", "2");
        assertThat(rows(pivoted)).containsExactly("[n,10,20]", "[s,11,null]");
        assertThat(after(
                        pivoted,
                        step(
                                "unpivot",
                                "id_cols",
                                "region",
                                "value_vars",
                                List.of("1", "2"),
                                "var_name",
                                "month",
                                "value_name",
                                "amount")))
                .containsExactly("[n,1,10]", "[n,2,20]", "[s,1,11]", "[s,2,null]");
    }

    @Test
    void calculatesOverWindows() {
        assertThat(rows(Steps.apply(
                                orders,
                                step(
                                        "window_calculation",
                                        "target_col",
                                        "total",
                                        "function",
                                        "sum(price)",
                                        "partition_by",
                                        List.of("id"),
                                        "order_by",
                                        "price DESC"))
                        .select("price", "total")))
                .containsExactly("[5,11]", "[6,6]", "[7,7]");
        assertThat(rows(Steps.apply(orders, step("window_calculation", "target_col", "price", "function", "max(price)"))
                        .select("price")))
                .containsOnly("[7]");
    }

    private static List<String> after(Dataset<Row> frame, Step step) {
        return rows(Steps.apply(frame, step));
    }
}
