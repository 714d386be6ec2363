package io.odibi.it.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs after the integration tests of a whole build, and of no other: every test that {@code docs/formats.md} leads to has run in this
 * build and passed.
 */
class ProofsCheck {

    @Test
    void ranAndPassedInThisBuild() {
        TestReports reports = new TestReports(
                Path.of(System.getProperty("odibi.build.reports")),
                Instant.parse(System.getProperty("odibi.build.start")));

        List<String> faults = Proof.in("io.odibi.it").stream()
                .flatMap(proof -> reports.fault(proof).stream()
                        .map(fault -> proof.simpleType() + "." + proof.method() + " " + fault + ", and is to show '"
                                + proof.use().words() + "' of format " + proof.format()))
                .toList();

        assertThat(faults).as("tests that docs/formats.md leads to").isEmpty();
    }
}
