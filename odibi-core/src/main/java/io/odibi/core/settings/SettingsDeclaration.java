package io.odibi.core.settings;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import io.odibi.core.text.Located;
import io.odibi.core.text.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that a mapping may have: declared once, and from that parsed, validated, documented ({@code odibi connectors NAME}) and
 * described for editors ({@code odibi schema}).
 */
public final class SettingsDeclaration {

    /**
     * Keys that are handed on as they are, because another system defines them.
     *
     * @param prefix what such keys start with; empty for any key
     * @param meaning what they are and where they are documented
     */
    public record PassThrough(String prefix, String meaning) {}

    private static final int MOST_NAMED = 16;

    private final String summary;
    private final List<Setting<?>> settings;
    private final List<PassThrough> passThrough;

    private SettingsDeclaration(String summary, List<Setting<?>> settings, List<PassThrough> passThrough) {
        this.summary = summary;
        this.settings = List.copyOf(settings);
        this.passThrough = List.copyOf(passThrough);
    }

    /**
     * Declares the keys of a mapping.
     *
     * @param summary what the mapping is for, one sentence without a full stop
     * @param settings its keys, in the order in which they are documented
     */
    public static SettingsDeclaration of(String summary, Setting<?>... settings) {
        return new SettingsDeclaration(summary, List.of(settings), List.of());
    }

    /** Returns this declaration with further keys. */
    public SettingsDeclaration and(Setting<?>... more) {
        List<Setting<?>> longer = new ArrayList<>(settings);
        longer.addAll(List.of(more));
        return new SettingsDeclaration(summary, longer, passThrough);
    }

    /**
     * Returns this declaration with keys that are handed on as they are.
     *
     * @param prefix what such keys start with; empty for any key
     * @param meaning what they are and where they are documented
     */
    public SettingsDeclaration passing(String prefix, String meaning) {
        List<PassThrough> longer = new ArrayList<>(passThrough);
        longer.add(new PassThrough(prefix, meaning));
        return new SettingsDeclaration(summary, settings, longer);
    }

    /** What the mapping is for. */
    public String summary() {
        return summary;
    }

    /** The declared keys. */
    public List<Setting<?>> settings() {
        return settings;
    }

    /** The keys that are handed on as they are. */
    public List<PassThrough> passThrough() {
        return passThrough;
    }

    /** The names of the declared keys. */
    public List<String> names() {
        return settings.stream().map(Setting::name).toList();
    }

    /**
     * Reads a mapping, and says everything that is wrong with it.
     *
     * @return the settings; empty exactly when an error was added to {@code findings}
     */
    public Optional<Settings> read(Mapping mapping, Findings findings) {
        return readBeside(List.of(), mapping, findings);
    }

    /**
     * Reads a mapping whose place has keys of its own, which are not in it: an unknown key may be a slip of one of those, too.
     *
     * @param neighbours the keys of the place
     * @return the settings; empty exactly when an error was added to {@code findings}
     */
    public Optional<Settings> readBeside(List<String> neighbours, Mapping mapping, Findings findings) {
        Reading reading = new Reading(neighbours, mapping, findings);
        Settings read = reading.all();
        return reading.clean ? Optional.of(read) : Optional.empty();
    }

    /**
     * Reads a mapping, and says everything that is wrong with it; for a reader that goes on with the rest, so that all faults of a
     * project are told at once.
     *
     * @return what could be read; even a required setting may be absent, so use {@link Settings#find}
     */
    public Settings salvage(Mapping mapping, Findings findings) {
        return new Reading(List.of(), mapping, findings).all();
    }

    /** One pass over a mapping. */
    private final class Reading {
        private final List<String> neighbours;
        private final Mapping mapping;
        private final Findings findings;
        private final Map<Setting<?>, Located<?>> values = new LinkedHashMap<>();
        private final Map<Setting<?>, Mapping.Entry> seen = new LinkedHashMap<>();
        private final Map<String, Scalar> passed = new LinkedHashMap<>();
        private final List<Scalar> texts = new ArrayList<>();
        private boolean clean = true;

        private Reading(List<String> neighbours, Mapping mapping, Findings findings) {
            this.neighbours = neighbours;
            this.mapping = mapping;
            this.findings = findings;
        }

        private Settings all() {
            mapping.entries().forEach(this::entry);
            settings.forEach(this::missing);
            return new Settings(mapping.at(), values, passed, texts);
        }

        private void entry(Mapping.Entry entry) {
            Optional<Setting<?>> declared = settings.stream()
                    .filter(setting -> setting.answersTo(entry.key()))
                    .findFirst();
            if (declared.isPresent()) {
                value(declared.get(), entry);
            } else if (passThrough.stream().anyMatch(open -> entry.key().startsWith(open.prefix()))) {
                pass(entry);
            } else {
                fault(Finding.of(FindingCode.CONFIG_UNKNOWN_KEY, entry.keyAt(), "unknown key '" + entry.key() + "'")
                        .allow(allowed())
                        .suggest(entry.key(), known()));
            }
        }

        private void value(Setting<?> setting, Mapping.Entry entry) {
            Mapping.Entry earlier = seen.putIfAbsent(setting, entry);
            if (earlier != null) {
                fault(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                entry.keyAt(),
                                "'" + entry.key() + "' and '" + earlier.key() + "' mean the same")
                        .fix("keep '" + setting.name() + "'"));
                return;
            }
            Optional<?> read = setting.type().read(entry.value(), entry.key(), findings);
            if (read.isPresent()) {
                values.put(setting, new Located<>(read.get(), entry.value().at()));
                if (!(read.get() instanceof Secret)) {
                    collectTexts(entry.value());
                }
            } else {
                clean = false;
            }
        }

        private void collectTexts(ConfigValue value) {
            if (value instanceof Scalar scalar) {
                texts.add(scalar);
            } else if (value instanceof Sequence sequence) {
                sequence.items().forEach(this::collectTexts);
            } else if (value instanceof Mapping nested) {
                nested.entries().forEach(entry -> collectTexts(entry.value()));
            }
        }

        private void pass(Mapping.Entry entry) {
            Optional<Scalar> scalar =
                    entry.value().fold(Optional::of, sequence -> Optional.empty(), nested -> Optional.empty());
            if (scalar.isPresent()) {
                passed.put(entry.key(), scalar.get());
            } else {
                fault(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                entry.value().at(),
                                "'" + entry.key() + "' cannot be "
                                        + entry.value().kind())
                        .allow("text"));
            }
        }

        private void missing(Setting<?> setting) {
            if (setting.isRequired() && !seen.containsKey(setting)) {
                fault(Finding.of(FindingCode.CONFIG_MISSING_KEY, mapping.at(), "'" + setting.name() + "' is missing")
                        .why(setting.meaning())
                        .allow(setting.type().shape().words()));
            }
        }

        private void fault(Finding finding) {
            findings.add(finding);
            clean = false;
        }

        private List<String> known() {
            List<String> known = new ArrayList<>(neighbours);
            known.addAll(names());
            return known;
        }

        /** A long list helps nobody: {@code odibi connectors} documents each key. */
        private String allowed() {
            List<String> all = known();
            passThrough.forEach(open -> all.add(open.prefix() + "*"));
            int more = all.size() - MOST_NAMED;
            return more <= 1
                    ? String.join(", ", all)
                    : String.join(", ", all.subList(0, MOST_NAMED)) + ", and " + more + " more";
        }
    }
}
