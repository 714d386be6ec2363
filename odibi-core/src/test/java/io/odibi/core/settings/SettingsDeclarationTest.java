package io.odibi.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Position;
import io.odibi.core.text.Secret;
import io.odibi.core.text.TextOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettingsDeclarationTest {

    private static final Setting<String> TOPIC =
            Setting.required("topic", ValueTypes.text("a topic"), "Where to write");
    private static final Setting<Long> LIMIT = Setting.withDefault("limit", ValueTypes.whole(1, 100), 10L, "How many")
            .alias("max");
    private static final Setting<Secret> KEY = Setting.optional("key", ValueTypes.secret(), "The key");
    private static final SettingsDeclaration DECLARATION =
            SettingsDeclaration.of("A test", TOPIC, LIMIT, KEY).passing("kafka.", "Kafka's own");

    private final Findings findings = new Findings();

    @Test
    void readsWhatIsThereAndDefaultsTheRest() {
        Settings settings = read("topic", "events", "kafka.linger.ms", "5").orElseThrow();

        assertThat(settings.get(TOPIC)).isEqualTo("events");
        assertThat(settings.get(LIMIT)).isEqualTo(10);
        assertThat(settings.find(LIMIT)).isEmpty();
        assertThat(settings.at(TOPIC)).isEqualTo(new Position("test", 1, 10));
        assertThat(settings.passedThrough()).containsOnlyKeys("kafka.linger.ms");
        assertThat(findings.sorted()).isEmpty();
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThat(read("limit", "1000", "tpoic", "events", "key", "")).isEmpty();

        assertThat(findings.sorted())
                .extracting(Finding::code)
                .containsExactlyInAnyOrder(
                        FindingCode.CONFIG_VALUE,
                        FindingCode.CONFIG_UNKNOWN_KEY,
                        FindingCode.CONFIG_VALUE,
                        FindingCode.CONFIG_MISSING_KEY);
        assertThat(findings.sorted().toString()).contains("did you mean 'topic'?");
    }

    @Test
    void suggestsAKeyOfThePlaceToo() {
        assertThat(DECLARATION.readBeside(
                        List.of("connection"), mapping("topic", "events", "conection", "k"), findings))
                .isEmpty();

        assertThat(findings.sorted().toString()).contains("did you mean 'connection'?");
    }

    @Test
    void namesTheFirstOfManyKeys() {
        Setting<?>[] many = IntStream.rangeClosed(1, 40)
                .mapToObj(number -> Setting.optional("key" + number, ValueTypes.text(), "A key"))
                .toArray(Setting[]::new);

        assertThat(SettingsDeclaration.of("A test", many).read(mapping("topic", "events"), findings))
                .isEmpty();

        assertThat(findings.sorted().toString())
                .contains("key15, key16, and 24 more")
                .doesNotContain("key17");
    }

    @Test
    void refusesTwoNamesForOneSetting() {
        assertThat(read("topic", "events", "limit", "5", "max", "6")).isEmpty();

        assertThat(findings.sorted()).extracting(Finding::message).containsExactly("'max' and 'limit' mean the same");
    }

    @Test
    void asksForAnOptionalSettingOnlyWithFind() {
        Settings settings = read("topic", "events").orElseThrow();

        assertThat(settings.find(KEY)).isEmpty();
        assertThatThrownBy(() -> settings.get(KEY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverPrintsASecret() {
        Settings settings = read("topic", "events", "key", "canary").orElseThrow();

        assertThat(settings.get(TOPIC) + settings.find(KEY) + settings.located(KEY))
                .doesNotContain("canary");
        assertThat(settings.find(KEY).orElseThrow().reveal()).isEqualTo("canary");
    }

    private Optional<Settings> read(String... keysAndValues) {
        return DECLARATION.read(mapping(keysAndValues), findings);
    }

    private static Mapping mapping(String... keysAndValues) {
        List<Mapping.Entry> entries = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Position at = new Position("test", i / 2 + 1, 10);
            ConfigValue value = new Scalar(keysAndValues[i + 1], at, Scalar.Style.PLAIN, TextOrigin.at(at));
            entries.add(new Mapping.Entry(keysAndValues[i], new Position("test", i / 2 + 1, 1), value));
        }
        return new Mapping(entries, new Position("test", 1, 1));
    }
}
