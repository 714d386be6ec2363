package com.example.numbers;

import static io.odibi.testkit.ConfigValues.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan.CustomScan;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Source;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Secret;
import io.odibi.testkit.Addresses;
import io.odibi.testkit.SourceContract;
import io.odibi.testkit.spark.TestSpark;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.Test;

class NumbersSourceTest extends SourceContract {

    @Override
    protected Source source() {
        return new NumbersSource();
    }

    @Override
    protected DataAddress address() {
        Options options = Options.none().with("apiKey", Secret.of(CANARY));
        return Addresses.through(Connection.toSystem("service", "numbers", options));
    }

    @Override
    protected Mapping minimal() {
        return mapping("to", 3);
    }

    @Test
    void readsTheNumbers() {
        Findings findings = new Findings();
        ReadRequest request = new ReadRequest(
                address(),
                Processing.BATCH,
                source().settings().read(mapping("from", 2, "to", 3), findings).orElseThrow());
        CustomScan<?> scan =
                (CustomScan<?>) source().describe(request, findings).orElseThrow();

        Dataset<?> rows = (Dataset<?>) scan.reader().read(TestSpark.session());

        assertThat(rows.collectAsList()).extracting(Object::toString).containsExactly("[2]", "[3]");
        assertThat(scan.label()).isEqualTo("numbers 2 to 3");
    }

    @Test
    void refusesNumbersThatGoBackwards() {
        Findings findings = new Findings();
        ReadRequest request = new ReadRequest(
                address(),
                Processing.BATCH,
                source().settings().read(mapping("from", 4, "to", 3), findings).orElseThrow());

        assertThat(source().describe(request, findings)).isEmpty();
        assertThat(findings.sorted()).singleElement().satisfies(finding -> {
            assertThat(finding.message()).isEqualTo("'to' is less than 'from'");
            assertThat(finding.at().line()).isEqualTo(2);
        });
    }
}
