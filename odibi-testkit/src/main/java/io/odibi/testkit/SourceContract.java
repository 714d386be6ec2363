package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Source;
import io.odibi.core.text.ConfigValue.Mapping;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every source keeps to. Extend it and say how a read is written. */
public abstract class SourceContract extends Contract {

    /** Made by JUnit. */
    protected SourceContract() {}

    /** The source; the same or a new one at each call. */
    protected abstract Source source();

    /** What a read is of: a connection, and a table or path where the source needs one; see {@link Addresses}. */
    protected abstract DataAddress address();

    /** The fewest settings that do, in batch and as a stream. */
    protected abstract Mapping minimal();

    /** Settings that use what the source has, in batch and as a stream, every secret among them set to {@link #CANARY}. */
    protected Mapping full() {
        return minimal();
    }

    @Test
    void canBeReadSomehow() {
        assertThat(source().traits().processing()).isNotEmpty();
        assertThat(source().traits()).as("traits, asked again").isEqualTo(source().traits());
    }

    @Test
    void describesARead() {
        eachWay(describing -> {
            Scan scan = describing.from(minimal());
            assertThat(scan.label()).as("a name for people").isNotBlank();
            assertThat(describing.from(full())).isNotNull();
        });
    }

    @Test
    void describesTheSameEachTimeWithoutContact() {
        eachWay(describing -> describing.isPure(minimal()));
        eachWay(describing -> describing.isPure(full()));
    }

    @Test
    void describesTheSameDataInBatchAndAsAStream() {
        if (!source().traits().processing().containsAll(Set.of(Processing.values()))) {
            return;
        }
        Scan batch = describing(Processing.BATCH).from(minimal());
        Scan stream = describing(Processing.STREAMING).from(minimal());
        assertThat(batch.schema()).as("columns").isEqualTo(stream.schema());
        assertThat(batch.label()).as("name for people").isEqualTo(stream.label());
        if (batch instanceof Scan.FormatScan one && stream instanceof Scan.FormatScan other) {
            assertThat(one.format()).as("format").isEqualTo(other.format());
            assertThat(one.location()).as("location").isEqualTo(other.location());
        }
    }

    @Test
    void refusesUnknownSettings() {
        eachWay(describing -> describing.refusesUnknownKeys(minimal()));
    }

    @Test
    void hasReadableDefaults() {
        eachWay(describing -> describing.hasReadableDefaults(minimal()));
    }

    @Test
    void answersHostileValuesWithFindings() {
        eachWay(describing -> describing.answersHostileValuesWithFindings(minimal()));
    }

    @Test
    void showsNoSecret() {
        eachWay(describing -> describing.hidesSecrets(minimal(), full()));
    }

    private void eachWay(Consumer<Describing<Scan>> check) {
        source().traits().processing().forEach(processing -> check.accept(describing(processing)));
    }

    private Describing<Scan> describing(Processing processing) {
        Source source = source();
        return new Describing<>(
                source.settings(),
                (settings, findings) -> source.describe(new ReadRequest(address(), processing, settings), findings));
    }
}
