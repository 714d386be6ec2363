package io.odibi.engine.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Options;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.engine.failure.KnownCauses.Told;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseCausesTest {

    private static final List<Options> OPTIONS = List.of(
            Options.none().with("url", "https://elsewhere"), Options.none().with("url", "jdbc:postgresql://db/shop"));

    @ParameterizedTest
    @CsvSource({
        "28P01, 0, refuses the login, LASTING",
        "S0001, 18456, refuses the login, LASTING",
        "08001, 0, cannot reach the database, PASSING",
        "08006, 0, cannot reach the database, PASSING",
        "57P01, 0, has given up, PASSING",
        "57P03, 0, has given up, PASSING",
        "53300, 0, has given up, PASSING",
        "40001, 0, has given up, PASSING",
        "40P01, 0, has given up, PASSING",
        "S0001, 1205, has given up, PASSING",
        "23505, 0, refuses, LASTING",
        "42703, 0, refuses, LASTING",
        "22001, 0, refuses, LASTING",
        "3D000, 0, refuses, LASTING"
    })
    void tellsByTheStateWhetherAnotherStartMayHelp(String state, int code, String words, Nature nature) {
        Told told = explain(new SQLException("ERROR: so it is\n  Detail: of rows", state, code));

        assertThat(told.words())
                .contains(words, "the database at jdbc:postgresql://db/shop", "ERROR: so it is")
                .doesNotContain("of rows");
        assertThat(told.nature()).isEqualTo(nature);
    }

    @Test
    void namesTheArtifactOfADriverThatIsMissing() {
        Told told = explain(new ClassNotFoundException("com.microsoft.sqlserver.jdbc.SQLServerDriver"));

        assertThat(told)
                .isEqualTo(new Told(
                        "the database's driver is not on the class path; add com.microsoft.sqlserver:mssql-jdbc",
                        Nature.LASTING));
        assertThat(explain(new SQLException("No suitable driver", "08001")).nature())
                .isEqualTo(Nature.LASTING);
    }

    @Test
    void leavesOthersToOthers() {
        assertThat(DatabaseCauses.explain(List.of(new ClassNotFoundException("a.b.C")), OPTIONS))
                .isEmpty();
        assertThat(DatabaseCauses.explain(List.of(new SQLException("odd", "HY000")), OPTIONS))
                .isEmpty();
        assertThat(DatabaseCauses.explain(List.of(new SQLException("odd")), OPTIONS))
                .isEmpty();
    }

    private static Told explain(Exception fault) {
        return DatabaseCauses.explain(List.of(new IllegalStateException(fault), fault), OPTIONS)
                .orElseThrow();
    }
}
