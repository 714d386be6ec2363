package io.odibi.transforms.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import io.odibi.transforms.Steps;
import io.odibi.transforms.Steps.Input;
import io.odibi.transforms.TestSpark;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of SQL are told at their own line and column ({@code ¦}), in words for people. */
class SqlFaultsTest {

    private static Input input;

    @BeforeAll
    static void tables() {
        input = Input.of(TestSpark.table("(1, 'a', named_struct('kind', 'x'), 2.5)", "id, name, parsed, amount"))
                .with("orders", TestSpark.table("(1, 5)", "id, price"));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments(
                        "SELECT ¦nmae FROM {input}",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown column 'nmae'",
                        "did you mean 'name'?"),
                arguments(
                        "SELECT id,\n       ¦nmae\nFROM {input}",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown column 'nmae'",
                        "did you mean 'name'?"),
                arguments(
                        "SELECT id FROM {input}\nWHERE id > 0\n  AND ¦nmae = 'a'",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown column 'nmae'",
                        "did you mean 'name'?"),
                arguments(
                        "SELECT i.id FROM {input} i JOIN orders o ON i.id = ¦o.prce",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown column 'o.prce'",
                        "did you mean 'o.price'?"),
                arguments(
                        "SELECT id FROM {input} WHERE id IN (\n  SELECT ¦idd FROM orders)",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown column 'idd'",
                        "did you mean 'id'?"),
                arguments(
                        "WITH c AS (\n  SELECT ¦prise FROM orders\n)\nSELECT * FROM c",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown column 'prise'",
                        "did you mean 'price'?"),
                arguments(
                        "SELECT id, count(*) FROM {input} GROUP BY id ORDER BY ¦idd",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown column 'idd'",
                        "did you mean 'id'?"),
                arguments(
                        "SELECT ¦parsed.knid FROM {input}",
                        FindingCode.SQL_UNKNOWN_COLUMN,
                        "unknown field 'knid'",
                        "did you mean 'kind'?"),
                arguments(
                        "SELECT ¦lenght(name) FROM {input}",
                        FindingCode.SQL_ANALYSIS,
                        "unknown function 'lenght'",
                        "did you mean 'length'?"),
                arguments(
                        "SELECT ¦no_such_thing_at_all(name) FROM {input}",
                        FindingCode.SQL_ANALYSIS,
                        "unknown function 'no_such_thing_at_all'",
                        ""),
                arguments(
                        "SELECT ¦name, count(*) FROM {input} GROUP BY id",
                        FindingCode.SQL_ANALYSIS,
                        "'name' is neither grouped nor aggregated",
                        "add it to GROUP BY, or take any_value(name)"),
                arguments(
                        "SELECT ¦id FROM {input} i JOIN orders o ON i.id = o.id",
                        FindingCode.SQL_ANALYSIS,
                        "Reference 'id' is ambiguous, could be: ['i.id', 'o.id']",
                        ""),
                arguments(
                        "SELECT id FORM ¦{input}",
                        FindingCode.SQL_SYNTAX,
                        "cannot read SQL at '{input}'",
                        "did you mean 'FROM'?"),
                arguments(
                        "SELECT id\nFROM {input}\nWHRE ¦id = 1",
                        FindingCode.SQL_SYNTAX,
                        "cannot read SQL at 'id'",
                        "did you mean 'WHERE'?"),
                arguments("SELECT (id ¦FROM {input}", FindingCode.SQL_SYNTAX, "", ""),
                arguments(
                        "¦SELCT id FROM {input}",
                        FindingCode.SQL_SYNTAX,
                        "cannot read SQL at 'SELCT'",
                        "did you mean 'SELECT'?"),
                arguments("SELECT id FROM {input} WHERE id =¦", FindingCode.SQL_SYNTAX, "the text ends too early", ""),
                arguments(
                        "SELECT id FROM ¦{orders}",
                        FindingCode.SQL_SYNTAX,
                        "unknown placeholder '{orders}'",
                        "write a named input without braces: orders"),
                arguments(
                        "SELECT from_json(name, 'a INT, b ¦STRNG') FROM {input}",
                        FindingCode.SQL_SYNTAX,
                        "Unsupported data type 'STRNG'",
                        ""),
                arguments(
                        "SELECT CAST(id AS ¦INTT) FROM {input}",
                        FindingCode.SQL_SYNTAX,
                        "Unsupported data type 'INTT'",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void tellsAFaultAtItsPlace(String marked, FindingCode code, String message, String note) {
        Marked text = Marked.of(marked);

        Finding finding = fault(Steps.block(text.sql()));

        assertThat(finding.code()).isEqualTo(code);
        assertThat(finding.message())
                .contains(message)
                .hasLineCount(1)
                .doesNotContain("org.apache", "line 1", "SQLSTATE");
        if (!note.isEmpty()) {
            assertThat(finding.notes()).extracting(Finding.Note::text).contains(note);
        }
        assertThat(finding.at()).isEqualTo(text.places().get(0));
    }

    @Test
    void tellsTheStartWhereTheLinesOfATextAreFolded() {
        Position start = new Position("p.yaml", 3, 4);
        Scalar folded = new Scalar("SELECT nmae FROM df", start, Scalar.Style.PLAIN, TextOrigin.at(start));

        assertThat(fault(folded).at()).isEqualTo(start);
    }

    @Test
    void namesTheColumnsThatThereAre() {
        Finding finding = fault(Steps.line("SELECT zzzzzzz FROM df"));

        assertThat(finding.notes()).extracting(Finding.Note::label).containsExactly(Finding.Label.ALLOW);
        assertThat(finding.notes().get(0).text()).contains("id", "amount", "parsed");
    }

    @Test
    void showsNoPlan() {
        Finding finding = fault(Steps.line("SELECT sum(sum(id)) FROM df"));

        assertThat(finding.code()).isEqualTo(FindingCode.SQL_ANALYSIS);
        assertThat(finding.message()).hasLineCount(1).doesNotContain("+-", "Project", "LocalRelation");
    }

    @Test
    void tellsWhichOfSeveralExpressionsIsWrong() {
        Sql sql = Sql.over(input);
        Scalar right = new Scalar(
                "id + 1", Steps.LINE, Scalar.Style.PLAIN, new TextOrigin(Steps.LINE, TextOrigin.Layout.LINE));
        List<SqlExpression> parts = List.of(sql.expression(right), sql.expression(Steps.block("length(\n  nmae)")));

        StepException refused = catchThrowableOfType(
                StepException.class,
                () -> Sql.build(
                        parts,
                        Position.NONE,
                        () -> input.current()
                                .orElseThrow()
                                .select(parts.get(0).column(), parts.get(1).column())));

        assertThat(refused.finding().at())
                .isEqualTo(Marked.of("length(\n  ¦nmae)").places().get(0));
    }

    private static Finding fault(Scalar text) {
        StepException refused =
                catchThrowableOfType(StepException.class, () -> Sql.over(input).query(text));
        assertThat(refused).isNotNull();
        assertThat(refused.findings()).hasSize(1);
        return refused.finding();
    }
}
