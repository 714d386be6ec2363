package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.ConfigValue.Mapping;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What every connection type keeps to. Extend it and say how a connection is written. */
public abstract class ConnectionContract extends Contract {

    private static final String NAME = "some_connection";
    private static final String TYPE = "some_type";

    /** Made by JUnit. */
    protected ConnectionContract() {}

    /** The connection type; the same or a new one at each call. */
    protected abstract ConnectionType type();

    /** The fewest settings that do. */
    protected abstract Mapping minimal();

    /** Settings that use what the type has, every secret among them set to {@link #CANARY}. */
    protected abstract Mapping full();

    @Test
    void describesAConnection() {
        Connection connection = describing().from(minimal());
        assertThat(connection.name()).isEqualTo(NAME);
        assertThat(connection.type()).isEqualTo(TYPE);
        assertThat(describing().from(full())).isNotNull();
    }

    @Test
    void describesTheSameEachTimeWithoutContact() {
        describing().isPure(minimal());
        describing().isPure(full());
    }

    @Test
    void refusesUnknownSettings() {
        describing().refusesUnknownKeys(minimal());
    }

    @Test
    void hasReadableDefaults() {
        describing().hasReadableDefaults(minimal());
    }

    @Test
    void answersHostileValuesWithFindings() {
        describing().answersHostileValuesWithFindings(minimal());
        describing().answersHostileValuesWithFindings(full());
    }

    @Test
    void showsNoSecret() {
        describing().hidesSecrets(minimal(), full());
    }

    @Test
    void handsItsSecretsOn() {
        if (Describing.secrets(type().settings()).isEmpty()) {
            return;
        }
        Connection connection = describing().from(full());
        assertThat(Describing.handOn(connection.options()) || Describing.handOn(connection.session()))
                .as("a secret of full() reaches the engine")
                .isTrue();
    }

    private Describing<Connection> describing() {
        ConnectionType type = type();
        return new Describing<>(
                type.settings(),
                (settings, findings) -> type.describe(
                        new ConnectionRequest(NAME, TYPE, settings, Path.of("").toAbsolutePath()), findings));
    }
}
