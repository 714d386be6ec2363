package io.odibi.transforms;

import static io.odibi.transforms.Steps.faults;
import static io.odibi.transforms.Steps.mapping;
import static io.odibi.transforms.Steps.step;
import static io.odibi.transforms.TestSpark.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.odibi.core.describe.Step;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.transforms.Steps.Input;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the transforms say of steps that do not fit their input: all faults of a step at once, each at its line and column. */
class TransformFaultsTest {

    private static Input input;

    @BeforeAll
    static void frames() {
        input = Input.of(table(
                        "(1, 'a', array(1), named_struct('id', 1), timestamp'2024-01-01', '2024')",
                        "id, name, xs, s, t, text"))
                .with("orders", table("(1, 'x', 5)", "id, name, price"));
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                arguments(
                        step("filter_rows", "condition", "idd > 1"), "20:16 unknown column 'idd' | did you mean 'id'?"),
                arguments(
                        step("filter_rows", "condition", Steps.block("id > 0\n  AND nmae = 'a'")),
                        "11:21 unknown column 'nmae' | did you mean 'name'?"),
                arguments(step("filter_rows", "condition", "id + 1"), "20:16 "),
                arguments(step("filter_rows", "condition", "count(*) > 1"), "20:16 "),
                arguments(
                        step("derive", "columns", mapping("a", "idd", "b", "id", "c", "lenght(name)")),
                        "20:8 unknown column 'idd' | did you mean 'id'?\n22:8 unknown function 'lenght' | did you mean 'length'?"),
                arguments(
                        step("derive", "columns", mapping("a", "id +", "b", "id AS c", "c", "reflect('a', 'b')")),
                        "20:12 the text ends too early\n21:8 the expression names its own column | drop 'AS c'\n22:8 function 'reflect' is not allowed"),
                arguments(
                        step("derive", "columns", mapping("a", "id", "b", "a + aa")),
                        "21:12 unknown column 'aa' | did you mean 'a'?"),
                arguments(
                        step("select_columns", "columns", List.of("id", "nmae", "zz")),
                        "20:14 unknown column 'nmae' | did you mean 'name'?\n20:14 unknown column 'zz'"),
                arguments(
                        step("drop_columns", "columns", List.of("tt")),
                        "20:14 unknown column 'tt' | did you mean 't'?"),
                arguments(
                        step("rename_columns", "mapping", mapping("nmae", "n", "id", "name")),
                        "20:5 unknown column 'nmae' | did you mean 'name'?"),
                arguments(
                        step("rename_columns", "mapping", mapping("id", "NAME")),
                        "20:9 another column is called 'NAME' already | choose another name, or drop or rename that column too"),
                arguments(
                        step("cast_columns", "casts", mapping("id", "intt", "nope", "int")),
                        "20:9 Unsupported data type 'INTT'\n21:5 unknown column 'nope'"),
                arguments(step("cast_columns", "casts", mapping("xs", "int")), "20:9 Cannot resolve"),
                arguments(
                        step("fill_nulls", "values", mapping("id", "many", "xs", "1")),
                        "20:9 'many' is no int\n21:9 '1' is no array<int>"),
                arguments(
                        step("parse_json", "column", "id", "json_schema", "a INT"),
                        "20:13 column 'id' is int, and no JSON text"),
                arguments(
                        step("parse_json", "column", "name", "json_schema", "a INT, b STRNG"),
                        "21:27 Unsupported data type 'STRNG'"),
                arguments(step("explode", "column", "id"), "20:13 column 'id' is int, and no list"),
                arguments(step("flatten_struct", "column", "name"), "20:13 column 'name' is string, and no struct"),
                arguments(
                        step("flatten_struct", "column", "s"),
                        "20:13 another column is called 'id' already | set a 'prefix'"),
                arguments(
                        step("union", "datasets", List.of("ordres")),
                        "20:15 the step has no input 'ordres' | did you mean 'orders'?"),
                arguments(
                        step("union", "datasets", List.of("orders")),
                        "20:15 'orders' has no column 'xs', 's', 't', 'text'"),
                arguments(
                        step("union", "datasets", "orders", "by_name", false),
                        "20:15 'orders' has 3 columns, and the current frame 6"),
                arguments(
                        step("join", "right_dataset", "ordes", "on", "id"),
                        "20:20 the step has no input 'ordes' | did you mean 'orders'?"),
                arguments(
                        step("join", "right_dataset", "orders", "on", List.of("idd", "xs")),
                        "21:9 unknown column 'idd' | did you mean 'id'?"),
                arguments(
                        step("join", "right_dataset", "orders", "on", List.of("xs")),
                        "21:9 'orders' has no column 'xs'"),
                arguments(
                        step("join", "right_dataset", "orders"),
                        "20:5 'on' is missing | name the columns under 'on', give a 'condition', or say 'how: cross'"),
                arguments(
                        step("join", "right_dataset", "orders", "on", "id", "condition", "true"),
                        "22:16 'on' and 'condition' exclude each other | keep one of them"),
                arguments(
                        step("join", "right_dataset", "orders", "on", "id", "how", "cross"),
                        "21:9 a cross join has no condition | choose another 'how', or drop the condition"),
                arguments(
                        step("join", "right_dataset", "orders", "condition", "left.id = right.prise"),
                        "21:26 unknown column 'right.prise' | did you mean 'right.price'?"),
                arguments(
                        step(
                                "join",
                                "right_dataset",
                                "orders",
                                "on",
                                "id",
                                "time_range",
                                mapping("left", "t", "right", "tt")),
                        "21:12 unknown column 'tt'"),
                arguments(
                        step("deduplicate", "keys", List.of("iid")), "20:11 unknown column 'iid' | did you mean 'id'?"),
                arguments(
                        step("deduplicate", "keys", "id", "order_by", "t DESC, nmae"),
                        "21:23 unknown column 'nmae' | did you mean 'name'?"),
                arguments(
                        step("deduplicate", "keys", "id", "order_by", "t DESC name"),
                        "21:22 cannot read SQL at 'name'"),
                arguments(
                        step("aggregate", "group_by", "idd", "aggregations", mapping("n", "count(*)")),
                        "20:15 unknown column 'idd' | did you mean 'id'?"),
                arguments(
                        step("aggregate", "group_by", "id % 2", "aggregations", mapping("n", "count(*)")),
                        "20:15 the group has no name | write 'id % 2 AS name'"),
                arguments(
                        step(
                                "aggregate",
                                "group_by",
                                "id",
                                "aggregations",
                                mapping("naem", "sum", "n", "count(*)", "m", "summ(id)")),
                        "20:5 unknown column 'naem' | did you mean 'name'?"),
                arguments(
                        step(
                                "aggregate",
                                "group_by",
                                "id",
                                "aggregations",
                                mapping("n", "count(*)", "m", "summ(id)", "k", "max(idd)")),
                        "21:8 unknown function 'summ' | did you mean 'sum'?\n22:12 unknown column 'idd' | did you mean 'id'?"),
                arguments(
                        step(
                                "aggregate",
                                "window",
                                mapping("column", "text", "size", "5m"),
                                "aggregations",
                                mapping("n", "count(*)")),
                        "20:13 column 'text' is string, and no timestamp | make it one before this step: 'derive: {columns: {text: \"CAST(text AS TIMESTAMP)\"}}'"),
                arguments(
                        step("distinct", "columns", List.of("iid")), "20:14 unknown column 'iid' | did you mean 'id'?"),
                arguments(
                        step("sort", "by", List.of("id", "nmae DESC")),
                        "20:9 unknown column 'nmae' | did you mean 'name'?"),
                arguments(
                        step("pivot", "group_by", "id", "pivot_col", "nmae", "values", "a", "agg_col", "id"),
                        "21:16 unknown column 'nmae' | did you mean 'name'?"),
                arguments(step("unpivot", "id_cols", "id", "value_vars", List.of("xs", "name")), "21:17 "),
                arguments(step("window_calculation", "target_col", "x", "function", "row_number()"), "21:15 "),
                arguments(
                        step("window_calculation", "target_col", "x", "function", "sum(idd)"),
                        "21:19 unknown column 'idd' | did you mean 'id'?"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void tellsWhereAStepDoesNotFit(Step step, String expected) {
        StepException refused = catchThrowableOfType(StepException.class, () -> Steps.apply(input, step));

        assertThat(refused).isNotNull();
        String told = refused.findings().stream().map(TransformFaultsTest::show).collect(Collectors.joining("\n"));
        assertThat(told).startsWith(expected).doesNotContain("org.apache", "java.");
        assertThat(told.lines()).hasSize((int) Math.max(1, expected.lines().count()));
    }

    private static String show(Finding finding) {
        String mend = finding.notes().stream()
                .filter(note -> note.label() == Finding.Label.HINT || note.label() == Finding.Label.FIX)
                .map(note -> " | " + note.text())
                .collect(Collectors.joining());
        return finding.at().line() + ":" + finding.at().column() + " " + finding.message() + mend;
    }

    @Test
    void needsACurrentFrameForAllButSql() {
        StepException refused =
                catchThrowableOfType(StepException.class, () -> Steps.apply(Input.none(), step("limit", "n", 1)));

        assertThat(refused.finding().code()).isEqualTo(FindingCode.PLAN_NO_INPUT);
        assertThat(TestSpark.rows(Steps.apply(Input.none(), step("sql", "query", "SELECT 1 AS x"))))
                .containsExactly("[1]");
    }

    @Test
    void refusesAnOrderBetweenDuplicatesOfAStream() {
        Dataset<Row> stream = TestSpark.session().readStream().format("rate").load();

        StepException refused = catchThrowableOfType(
                StepException.class,
                () -> Steps.apply(stream, step("deduplicate", "keys", "value", "order_by", "timestamp DESC")));

        assertThat(refused.finding().code()).isEqualTo(FindingCode.STREAM_UNSUPPORTED);
        assertThat(show(refused.finding())).startsWith("21:15 'order_by' cannot decide between duplicates in a stream");
    }

    @Test
    void declaresWhatSettingsMayBe() {
        assertThat(faults(
                        "aggregate",
                        "window",
                        mapping("column", "t", "size", "5m", "slide", "10m"),
                        "aggregations",
                        mapping("n", "count(*)")))
                .extracting(Finding::message)
                .containsExactly("'slide' cannot be 10 minutes, longer than a window");
        assertThat(faults("derive", "columns", mapping()))
                .extracting(Finding::code)
                .containsExactly(FindingCode.CONFIG_VALUE);
        assertThat(faults("derive", "columns", "a: b"))
                .extracting(Finding::code)
                .containsExactly(FindingCode.CONFIG_VALUE);
        assertThat(faults("sample", "fraction", "1.5"))
                .extracting(Finding::code)
                .containsExactly(FindingCode.CONFIG_VALUE);
        assertThat(faults("join", "right_dataset", "x", "how", "outer")).hasSize(1);
        assertThat(faults("pivot", "group_by", "a", "pivot_col", "b", "agg_col", "c"))
                .extracting(Finding::message)
                .containsExactly("'values' is missing");
        assertThat(faults("fill_nulls", "values", mapping("a", Steps.mapping())))
                .hasSize(1);
    }
}
