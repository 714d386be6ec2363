package io.odibi.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.Step;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Position;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** {@code odibi --help}, {@code odibi schema} and the checks of plans see the transforms where there is no Spark. */
class WithoutSparkTest {

    @Test
    void declaresEverythingWithoutSpark() throws Exception {
        List<Class<?>> needed = List.of(TransformsPlugin.class, PluginCatalog.class, NullMarked.class, Probe.class);
        URL[] path = needed.stream()
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader alone = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Callable<?> probe = (Callable<?>)
                    alone.loadClass(Probe.class.getName()).getConstructor().newInstance();

            Map<Object, Object> traits = new TreeMap<>((Map<?, ?>) probe.call());

            assertThat(traits.keySet()).isEqualTo(Steps.transforms().keySet());
            assertThat(traits)
                    .hasSize(24)
                    .containsEntry("distinct", "STATEFUL")
                    .containsEntry("sort", "NEEDS_COMPLETE_INPUT");
        }
    }

    /** Runs in a class loader that has no Spark; says what each transform does to a stream. */
    public static final class Probe implements Callable<Map<String, String>> {

        @Override
        public Map<String, String> call() {
            Map<String, String> traits = new TreeMap<>();
            PluginCatalog catalog = PluginCatalog.discover(getClass().getClassLoader());
            catalog.transforms().byName().forEach((name, transform) -> traits.put(name, trait(name, transform)));
            return traits;
        }

        private static String trait(String name, Transform<?> transform) {
            if (transform.settings().summary().isEmpty()
                    || transform.settings().names().isEmpty()) {
                throw new IllegalStateException(name + " says nothing of itself");
            }
            Settings none = SettingsDeclaration.of("none")
                    .read(Mapping.empty(Position.NONE), new Findings())
                    .orElseThrow();
            return transform.streamTrait(new Step(name, none, 1, Position.NONE)).name();
        }
    }
}
