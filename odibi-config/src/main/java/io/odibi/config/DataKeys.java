package io.odibi.config;

import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.text;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code read:} and {@code write:} have in common: the language's own keys, and beside them those of the format. */
final class DataKeys {

    static final Setting<Located<String>> CONNECTION = Setting.optional(
            "connection", located(text("a connection's name")), "The connection of the project to use");
    static final Setting<Located<String>> FORMAT =
            Setting.required("format", located(text("a format's name")), "The format of the data");
    static final Setting<Located<String>> TABLE =
            Setting.optional("table", located(text("a table's name")), "The table, as the connection names it");
    static final Setting<Located<String>> PATH =
            Setting.optional("path", located(text("a path")), "The path; a relative one starts in the connection");
    static final Setting<Mapping> OPTIONS = Setting.optional(
            "options",
            Types.mapping(new TypeShape.MapOf(new TypeShape.Anything())),
            "Settings of the format; they may stand beside 'options' as well");

    private DataKeys() {}

    /**
     * A read or write, taken apart.
     *
     * @param settings the language's own
     * @param format the format's
     */
    record Parts(Settings settings, Mapping format) {

        /** Whether later looks can work with it. */
        boolean usable(Scope scope) {
            Optional<Located<String>> connection = settings.find(CONNECTION);
            return settings.find(FORMAT).isPresent()
                    && connection
                            .filter(name -> scope.told().brokenConnections().contains(name.value()))
                            .isEmpty();
        }
    }

    /** Splits a mapping into what the declaration knows and what is the format's. */
    static Parts split(SettingsDeclaration declaration, Mapping mapping, Scope scope) {
        List<Mapping.Entry> own = new ArrayList<>();
        List<Mapping.Entry> beside = new ArrayList<>();
        for (Mapping.Entry entry : mapping.entries()) {
            boolean known = declaration.settings().stream().anyMatch(setting -> setting.answersTo(entry.key()));
            (known ? own : beside).add(entry);
        }
        Findings found = new Findings();
        Settings settings = declaration.salvage(new Mapping(own, mapping.at()), found);
        found.sorted().forEach(finding -> scope.report(withMisspelt(finding, beside)));
        return new Parts(settings, merge(settings.find(OPTIONS), new Mapping(beside, mapping.at()), scope));
    }

    /** Puts the entries of a mapping and those beside it into one; a key in both is a fault. */
    static Mapping merge(Optional<Mapping> inside, Mapping beside, Scope scope) {
        Map<String, Mapping.Entry> all = new LinkedHashMap<>();
        beside.entries().forEach(entry -> all.put(entry.key(), entry));
        for (Mapping.Entry entry : inside.map(Mapping::entries).orElse(List.of())) {
            Mapping.Entry other = all.putIfAbsent(entry.key(), entry);
            if (other != null) {
                scope.report(
                        Finding.of(FindingCode.CONFIG_CONFLICT, entry.keyAt(), "'" + entry.key() + "' is set twice")
                                .why("it stands outside too, at " + other.keyAt())
                                .fix("keep one of them"));
            }
        }
        return new Mapping(
                List.copyOf(all.values()),
                inside.filter(mapping -> beside.entries().isEmpty())
                        .orElse(beside)
                        .at());
    }

    /** A missing key may be there, misspelt: since the format has keys as well, it is not unknown yet. */
    private static Finding withMisspelt(Finding finding, List<Mapping.Entry> beside) {
        if (finding.code() != FindingCode.CONFIG_MISSING_KEY) {
            return finding;
        }
        for (Mapping.Entry entry : beside) {
            Finding guess = finding.suggest(entry.key(), List.of(FORMAT.name()));
            if (guess.notes().size() > finding.notes().size()) {
                return finding.hint("is '" + entry.key() + "' at " + entry.keyAt() + " meant to be it?");
            }
        }
        return finding;
    }
}
