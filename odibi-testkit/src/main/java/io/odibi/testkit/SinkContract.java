package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Sink;
import io.odibi.core.settings.Settings;
import io.odibi.core.text.ConfigValue.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What every sink keeps to. Extend it and say how a write is written. */
public abstract class SinkContract extends Contract {

    /** Made by JUnit. */
    protected SinkContract() {}

    /** The sink; the same or a new one at each call. */
    protected abstract Sink sink();

    /** What a write is to: a connection, and a table or path where the sink needs one; see {@link Addresses}. */
    protected abstract DataAddress address();

    /** The fewest settings that do, in batch and as a stream. */
    protected abstract Mapping minimal();

    /** Settings that use what the sink has, in batch and as a stream, every secret among them set to {@link #CANARY}. */
    protected Mapping full() {
        return minimal();
    }

    @Test
    void canBeWrittenSomehow() {
        SinkTraits traits = traits();
        assertThat(traits.outputModes().isEmpty() && traits.writeModes().isEmpty())
                .as("takes neither streams nor batches")
                .isFalse();
        assertThat(traits).as("traits, asked again").isEqualTo(traits());
    }

    @Test
    void canDoItsDefaultWriteMode() {
        SinkTraits traits = traits();
        if (!traits.writeModes().isEmpty()) {
            assertThat(traits.writeModes()).contains(traits.defaultWriteMode());
        }
    }

    @Test
    void saysWhatItsPromiseRestsOn() {
        assertThat(traits().delivery().reason()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void asksForTheSameColumnsEachTime() {
        Settings settings = sink().settings().read(minimal(), new Findings()).orElseThrow();
        WriteRequest request = request(Processing.STREAMING, settings);
        assertThat(sink().columns(request))
                .isEqualTo(sink().columns(request))
                .allSatisfy(needed -> assertThat(needed.mend())
                        .as("what a user does who has no fitting column '" + needed.name() + "'")
                        .isNotBlank());
    }

    @Test
    void describesAWrite() {
        eachWay(describing -> {
            assertThat(describing.from(minimal()).label())
                    .as("a name for people")
                    .isNotBlank();
            assertThat(describing.from(full())).isNotNull();
        });
    }

    @Test
    void describesTheSameEachTimeWithoutContact() {
        eachWay(describing -> describing.isPure(minimal()));
        eachWay(describing -> describing.isPure(full()));
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

    private SinkTraits traits() {
        Settings settings = sink().settings().read(minimal(), new Findings()).orElseThrow();
        return sink().traits(request(Processing.STREAMING, settings));
    }

    private WriteRequest request(Processing processing, Settings settings) {
        return new WriteRequest(address(), processing, Optional.empty(), List.of(), settings);
    }

    private void eachWay(Consumer<Describing<Target>> check) {
        List<Processing> ways = new ArrayList<>();
        if (!traits().writeModes().isEmpty()) {
            ways.add(Processing.BATCH);
        }
        if (!traits().outputModes().isEmpty()) {
            ways.add(Processing.STREAMING);
        }
        Sink sink = sink();
        ways.forEach(processing -> check.accept(new Describing<>(
                sink.settings(), (settings, findings) -> sink.describe(request(processing, settings), findings))));
    }
}
