package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.Plugin;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every plugin keeps to. Extend it, name the plugin, and run it:
 *
 * <pre>{@code
 * class KafkaPluginTest extends PluginContract {
 *     @Override
 *     protected Class<? extends Plugin> plugin() {
 *         return KafkaPlugin.class;
 *     }
 * }
 * }</pre>
 */
public abstract class PluginContract extends Contract {

    private static final String SERVICES = "META-INF/services/io.odibi.core.port.Plugin";
    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    /** Made by JUnit. */
    protected PluginContract() {}

    /** The plugin's class. */
    protected abstract Class<? extends Plugin> plugin();

    @Test
    void isListedForTheServiceLoader() {
        assertThat(listed()).as("lines of %s", SERVICES).contains(plugin().getName());
    }

    @Test
    void hasAPublicConstructorWithoutParameters() {
        assertThat(Modifier.isPublic(plugin().getModifiers()))
                .as("the class is public")
                .isTrue();
        assertThat(plugin().getConstructors())
                .as("public constructors")
                .anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    @Test
    void contactsNothingWhenItIsMade() {
        try (Outside outside = Outside.watch()) {
            catalog();
            assertThat(outside.signs()).as("signs of a life outside").isEmpty();
        }
    }

    @Test
    void handsOutTheSameEachTime() {
        assertThat(names(catalog())).isNotEmpty().isEqualTo(names(catalog()));
    }

    @Test
    void declaresTheSameSettingsAtEachCall() {
        PluginCatalog catalog = catalog();
        Map<String, SettingsDeclaration> first = declarations(catalog);
        declarations(catalog)
                .forEach((name, declaration) -> assertThat(declaration.names())
                        .as("settings of %s, asked again", name)
                        .isEqualTo(Optional.ofNullable(first.get(name))
                                .map(SettingsDeclaration::names)
                                .orElse(List.of())));
    }

    @Test
    void tellsWhatEachSettingMeans() {
        declarations(catalog()).forEach((name, declaration) -> {
            assertThat(declaration.summary())
                    .as("summary of %s", name)
                    .isNotBlank()
                    .doesNotEndWith(".");
            for (Setting<?> setting : declaration.settings()) {
                assertThat(setting.meaning())
                        .as("meaning of '%s' of %s", setting, name)
                        .isNotBlank()
                        .doesNotEndWith(".");
                assertThat(setting.type().shape().words())
                        .as("type of '%s' of %s", setting, name)
                        .isNotBlank();
            }
            declaration
                    .passThrough()
                    .forEach(open -> assertThat(open.meaning())
                            .as("meaning of '%s*' of %s", open.prefix(), name)
                            .isNotBlank());
        });
    }

    @Test
    void takesEachSettingInSnakeCase() {
        declarations(catalog())
                .forEach((name, declaration) -> declaration
                        .settings()
                        .forEach(setting -> assertThat(keys(setting))
                                .as("'%s' of %s: the system's spelling may stand beside it", setting, name)
                                .anyMatch(key -> SNAKE_CASE.matcher(key).matches())));
    }

    @Test
    void givesEachSettingNamesOfItsOwn() {
        declarations(catalog()).forEach((name, declaration) -> {
            Map<String, Setting<?>> owners = new HashMap<>();
            for (Setting<?> setting : declaration.settings()) {
                for (String key : keys(setting)) {
                    assertThat(owners.put(key, setting))
                            .as("another setting of %s called '%s'", name, key)
                            .isNull();
                }
            }
        });
    }

    @Test
    void showsNoSecretSetting() {
        declarations(catalog()).forEach((name, declaration) -> {
            Mapping mapping = ConfigValues.mapping();
            for (Setting<?> setting : Describing.secrets(declaration)) {
                assertThat(setting.fallback())
                        .as("default of the secret '%s' of %s", setting, name)
                        .isEmpty();
                mapping = ConfigValues.with(mapping, setting.name(), CANARY);
            }
            Findings findings = new Findings();
            Optional<Settings> read = declaration.read(mapping, findings);
            assertThat(read + " " + findings.sorted())
                    .as("what prints of %s", name)
                    .doesNotContain(CANARY);
        });
    }

    private Plugin made() {
        try {
            Constructor<? extends Plugin> constructor = plugin().getConstructor();
            return constructor.newInstance();
        } catch (ReflectiveOperationException failure) {
            return fail("cannot make " + plugin().getName(), failure);
        }
    }

    private PluginCatalog catalog() {
        return PluginCatalog.of(List.of(made()));
    }

    private static Map<String, SettingsDeclaration> declarations(PluginCatalog catalog) {
        Map<String, SettingsDeclaration> all = new LinkedHashMap<>();
        collect(catalog.connections(), type -> type.settings(), all);
        collect(catalog.sources(), source -> source.settings(), all);
        collect(catalog.sinks(), sink -> sink.settings(), all);
        collect(catalog.transforms(), transform -> transform.settings(), all);
        return all;
    }

    private static <T> void collect(
            PluginCatalog.Registered<T> kind,
            Function<T, SettingsDeclaration> settings,
            Map<String, SettingsDeclaration> all) {
        kind.byName().forEach((name, thing) -> all.put(kind.kind() + " '" + name + "'", settings.apply(thing)));
    }

    private static List<String> names(PluginCatalog catalog) {
        List<String> names = new ArrayList<>();
        Stream.of(
                        catalog.connections(),
                        catalog.sources(),
                        catalog.sinks(),
                        catalog.transforms(),
                        catalog.executionModes())
                .forEach(kind -> kind.byName().keySet().forEach(name -> names.add(kind.kind() + " " + name)));
        catalog.rules().forEach(rule -> names.add("rule " + rule.getClass().getName()));
        return names;
    }

    private static List<String> keys(Setting<?> setting) {
        List<String> keys = new ArrayList<>(setting.aliases());
        keys.add(0, setting.name());
        return keys;
    }

    private List<String> listed() {
        try {
            List<String> lines = new ArrayList<>();
            for (URL file : Collections.list(plugin().getClassLoader().getResources(SERVICES))) {
                try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    reader.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .forEach(lines::add);
                }
            }
            return lines;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
