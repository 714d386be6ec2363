package io.odibi.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/formats.md} says what the installed formats promise and the tests show. Run with {@code -Dodibi.formats.update=true} to
 * write the table anew, then read the difference.
 */
class FormatTableTest {

    private static final Path PAGE =
            Path.of("../docs/formats.md").toAbsolutePath().normalize();
    private static final String BEGIN = "<!-- made of the tests: see FormatTableTest -->\n";
    private static final String END = "<!-- end of what is made of the tests -->\n";

    private static final Delivery ONCE = new Delivery(Guarantee.EXACTLY_ONCE, "it is written down");

    @Test
    void isShownByTestsInEachOfItsCells() {
        assertThat(installed().gaps()).isEmpty();
    }

    @Test
    void standsInTheDocs() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN).contains(END);
        String renewed = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + "\n"
                + installed().markdown() + "\n" + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("odibi.formats.update")) {
            Files.writeString(PAGE, renewed);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/formats.md; to renew it add -Dodibi.formats.update=true, then read the difference")
                .isEqualTo(renewed);
    }

    @Test
    void tellsPromisesThatNobodyShowsAndTestsOfWhatNobodyPromises() {
        Promise promise = new Promise(
                List.of("numbers", "digits"),
                Map.of(Use.READ_BATCH, Optional.empty(), Use.APPEND_STREAM, Optional.of(ONCE)));
        FormatTable table = new FormatTable(
                List.of(promise),
                List.of(
                        proof("digits", Use.READ_BATCH),
                        proof("numbers", Use.READ_STREAM),
                        proof("odd", Use.READ_BATCH)),
                Map.of());

        assertThat(table.gaps())
                .containsExactly(
                        "no test shows 'stream: append' of format numbers, digits: mark one with @Proves",
                        "SomeIT.readsTwoRows shows 'read: stream' of format numbers, which the format does not promise",
                        "SomeIT.readsTwoRows shows 'read: batch' of format odd, which the format does not promise");
        assertThat(table.markdown())
                .contains(
                        "| numbers, digits | [✓][SomeIT] | · |",
                        "| [SomeIT][] | reads two rows | digits, odd (read: batch)")
                .contains("- numbers, digits: exactly once: it is written down");
    }

    @Test
    void tellsFormatsThatNoTestRunsApart() {
        Promise promise = new Promise(List.of("far"), Map.of(Use.READ_BATCH, Optional.empty()));
        FormatTable table = new FormatTable(List.of(promise), List.of(), Map.of("far", "it is far away"));

        assertThat(table.gaps()).isEmpty();
        assertThat(table.markdown())
                .contains("| far | ○ | · |")
                .contains("○ promised, and run by no test: it is far away.");
    }

    @Test
    void believesOnlyATestThatRanInThisBuildAndPassed(@TempDir Path folder) throws Exception {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        TestReports reports = new TestReports(folder, start);
        Proof proof = proof("numbers", Use.READ_BATCH);
        assertThat(reports.fault(proof)).contains("did not run");

        assertThat(reports.fault(report(folder, start.plusSeconds(1), "<testcase name=\"readsTwoRows\"/>")))
                .isEmpty();
        assertThat(reports.fault(report(folder, start.minusSeconds(1), "<testcase name=\"readsTwoRows\"/>")))
                .contains("did not run");
        assertThat(reports.fault(report(folder, start, "<testcase name=\"readsTwoRowsMore\"/>")))
                .contains("did not run");
        assertThat(reports.fault(report(folder, start, "<testcase name=\"readsTwoRows\"><skipped/></testcase>")))
                .contains("was skipped");
        assertThat(
                        reports.fault(
                                report(
                                        folder,
                                        start,
                                        "<testcase name=\"readsTwoRows(String)[1]\"/><testcase name=\"readsTwoRows(String)[2]\"><error/></testcase>")))
                .contains("failed");
    }

    private static Proof report(Path folder, Instant at, String cases) throws Exception {
        Proof proof = proof("numbers", Use.READ_BATCH);
        Path file = Files.writeString(
                folder.resolve("TEST-" + proof.type() + ".xml"), "<testsuite>" + cases + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.from(at));
        return proof;
    }

    private static Proof proof(String format, Use use) {
        return new Proof(format, use, "io.odibi.it.SomeIT", "readsTwoRows");
    }

    private static FormatTable installed() {
        return new FormatTable(
                Promise.of(PluginCatalog.discover(FormatTableTest.class.getClassLoader())),
                Proof.in("io.odibi.it"),
                Map.of(
                        "azure_sql",
                        "SQL Server runs on no machine of the tests; its statements are compared as text, and its MERGE is run"
                                + " on H2 in SQL Server's mode"));
    }
}
