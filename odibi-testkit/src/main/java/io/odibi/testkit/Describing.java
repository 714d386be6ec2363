package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.odibi.core.describe.Options;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Target;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * What connections, sources and sinks have in common: settings go in, a description or findings come out.
 *
 * @param settings which settings
 * @param describe what is asked
 * @param <T> what is described
 */
record Describing<T>(SettingsDeclaration settings, BiFunction<Settings, Findings, Optional<T>> describe) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_LINE = 1000;
    private static final Pattern JAVA_TALK = Pattern.compile("(Exception|\\bjava\\.|\\bat [a-z]+(\\.[a-z]+)+\\()");

    /** Returns what a mapping describes; empty if it has errors. */
    Optional<T> from(Mapping mapping, Findings findings) {
        return settings.read(mapping, findings).flatMap(read -> describe.apply(read, findings));
    }

    /** Returns what a mapping without faults describes. */
    T from(Mapping mapping) {
        Findings findings = new Findings();
        Optional<T> described = from(mapping, findings);
        assertThat(findings.sorted())
                .as("findings about settings that should do")
                .noneMatch(Finding::isError);
        assertThat(described).as("a description").isPresent();
        return described.orElseThrow();
    }

    void isPure(Mapping mapping) {
        try (Outside outside = Outside.watch()) {
            T first = from(mapping);
            T second = from(mapping);
            assertThat(first.getClass()).isEqualTo(second.getClass());
            if (comparable(first)) {
                assertThat(first).as("the same settings, described again").isEqualTo(second);
            }
            assertThat(outside.signs()).as("signs of a life outside").isEmpty();
        }
    }

    void refusesUnknownKeys(Mapping mapping) {
        Findings findings = new Findings();
        Optional<T> described = from(ConfigValues.with(mapping, "no_such_setting_at_all", "x"), findings);
        assertThat(described).isEmpty();
        assertThat(findings.sorted()).extracting(Finding::code).containsExactly(FindingCode.CONFIG_UNKNOWN_KEY);
    }

    void hasReadableDefaults(Mapping mapping) {
        Findings findings = new Findings();
        Settings read = settings.read(mapping, findings).orElseThrow();
        for (Setting<?> setting : settings.settings()) {
            if (setting.isRequired() || setting.fallback().isPresent()) {
                assertThat(read.get(setting)).as("value of '%s'", setting).isNotNull();
            }
        }
    }

    /** Asks with every setting replaced by every hostile value: a description or findings, never an exception, and soon. */
    void answersHostileValuesWithFindings(Mapping mapping) {
        for (String key : keys()) {
            for (ConfigValue value : Hostile.values()) {
                String what = "'" + key + "' set to " + Hostile.shown(value);
                Findings findings = new Findings();
                Optional<T> described;
                try {
                    described = assertTimeoutPreemptively(
                            PATIENCE, () -> from(ConfigValues.with(mapping, key, value), findings), what);
                } catch (RuntimeException | StackOverflowError thrown) {
                    throw new AssertionError(what + " throws instead of adding a finding", thrown);
                }
                assertThat(described.isPresent())
                        .as(
                                "%s: described exactly when there is no error, but findings are %s",
                                what, findings.sorted())
                        .isEqualTo(!findings.hasErrors());
                findings.sorted().forEach(finding -> isFitForAPerson(finding, what));
            }
        }
    }

    void hidesSecrets(Mapping minimal, Mapping full) {
        Mapping mapping = minimal;
        for (Setting<?> setting : secrets(settings)) {
            mapping = ConfigValues.with(mapping, setting.name(), Contract.CANARY);
        }
        for (Mapping asked : List.of(mapping, full)) {
            Findings findings = new Findings();
            Optional<T> described = from(asked, findings);
            Optional<Settings> read = settings.read(asked, new Findings());
            assertThat(described + " " + findings.sorted() + " " + read)
                    .as("what prints, with %s for every secret", Contract.CANARY)
                    .doesNotContain(Contract.CANARY);
        }
    }

    /** The settings that hold secrets. */
    static List<Setting<?>> secrets(SettingsDeclaration declaration) {
        return declaration.settings().stream()
                .filter(setting -> setting.type()
                        .read(ConfigValues.quoted(Contract.CANARY), setting.name(), new Findings())
                        .filter(Secret.class::isInstance)
                        .isPresent())
                .toList();
    }

    /** Whether the options show a secret in clear text where they hand it on: they should. */
    static boolean handOn(Options options) {
        return options.reveal().values().stream().anyMatch(value -> value.contains(Contract.CANARY));
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>(settings.names());
        settings.passThrough().forEach(open -> keys.add(open.prefix() + "some.option"));
        return keys;
    }

    private static void isFitForAPerson(Finding finding, String what) {
        assertThat(finding.at().file()).as("%s: place of %s", what, finding).isEqualTo(ConfigValues.FILE);
        isFitForAPerson(finding.message(), what);
        assertThat(finding.message()).as("%s: message", what).doesNotEndWith(".");
        finding.notes().forEach(note -> isFitForAPerson(note.text(), what));
    }

    private static void isFitForAPerson(String line, String what) {
        assertThat(line).as("%s: a line for a person", what).isNotBlank();
        assertThat(line.length()).as("%s: length of '%.80s...'", what, line).isLessThan(LONGEST_LINE);
        assertThat(line.lines().count()).as("%s: lines of '%s'", what, line).isEqualTo(1);
        assertThat(JAVA_TALK.matcher(line).find())
                .as("%s: talk of Java in '%s'", what, line)
                .isFalse();
    }

    /** What a plugin reads or writes itself holds functions, which are never equal. */
    private static boolean comparable(Object described) {
        return !(described instanceof Scan.CustomScan<?>) && !(described instanceof Target.BatchTarget<?>);
    }
}
