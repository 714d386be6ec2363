package io.odibi.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.error.ExternalException;
import io.odibi.core.planning.FakePlugin;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginCatalogTest {

    @Test
    void namesBothPluginsThatClaimOneName() {
        assertThatThrownBy(() -> PluginCatalog.of(List.of(new FakePlugin(), new OtherPlugin())))
                .isInstanceOf(ExternalException.class)
                .hasMessageContaining("FakePlugin")
                .hasMessageContaining("OtherPlugin")
                .hasMessageContaining("the transform 'sort'");
    }

    @Test
    void namesAPluginThatFails() {
        Plugin broken = to -> {
            throw new IllegalStateException("no licence");
        };

        assertThatThrownBy(() -> PluginCatalog.of(List.of(broken)))
                .isInstanceOf(ExternalException.class)
                .hasMessageContaining("no licence");
    }

    @Test
    void namesTheArtifactThatHasAMissingName() {
        PluginCatalog catalog = PluginCatalog.of(List.of(new FakePlugin()));

        assertThat(catalog.sources().mend("kafka")).contains("io.odibi:odibi-connector-kafka");
        assertThat(catalog.sources().mend("carrier_pigeon")).isEqualTo("installed: stream, table");
    }

    @Test
    void findsNothingWhereNothingIsInstalled() {
        assertThat(PluginCatalog.discover(new ClassLoader(null) {}).transforms().byName())
                .isEmpty();
    }

    private static final class OtherPlugin implements Plugin {
        @Override
        public void contribute(Contributions to) {
            to.transform("sort", FakePlugin.SORT);
        }
    }
}
