package io.odibi.cli.report;

import io.odibi.cli.text.Json;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Style.Look;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is installed, from the declarations of the plugins: an overview, or everything about one name. */
public final class InstalledReport {

    private static final String SECRET_WORDS = "a secret";
    private static final int WIDTH = 100;

    /** A thing that has settings. */
    private record Installed(String kind, String name, String origin, SettingsDeclaration settings) {}

    private final List<Installed> all = new ArrayList<>();

    /** Makes the report of a catalog. */
    public InstalledReport(PluginCatalog catalog) {
        catalog.connections().byName().forEach((name, type) -> add(catalog.connections(), name, type.settings()));
        catalog.sources().byName().forEach((name, source) -> add(catalog.sources(), name, source.settings()));
        catalog.sinks().byName().forEach((name, sink) -> add(catalog.sinks(), name, sink.settings()));
        catalog.transforms()
                .byName()
                .forEach((name, transform) -> add(catalog.transforms(), name, transform.settings()));
    }

    private void add(PluginCatalog.Registered<?> kind, String name, SettingsDeclaration settings) {
        all.add(new Installed(kind.kind(), name, kind.origins().getOrDefault(name, ""), settings));
    }

    /** The names of all that is installed. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        all.forEach(one -> names.add(one.name()));
        return names;
    }

    /** Returns a line for each thing, by kind. */
    public String overview(Style style) {
        Map<String, String> headings = Map.of(
                "connection type", "connection types   connections: {name: {type: TYPE}}",
                "source format", "formats to read    read: {format: FORMAT}",
                "sink format", "formats to write   write: {format: FORMAT}",
                "transform", "transforms         steps: [{type: TRANSFORM}]");
        List<String> lines = new ArrayList<>();
        for (String kind : List.of("connection type", "source format", "sink format", "transform")) {
            List<Installed> ofKind =
                    all.stream().filter(one -> one.kind().equals(kind)).toList();
            if (!ofKind.isEmpty()) {
                lines.add(style.paint(Look.STRONG, headings.getOrDefault(kind, kind)));
                Rows rows = new Rows(Align.LEFT, Align.LEFT);
                ofKind.forEach(one -> rows.add(one.name(), one.settings().summary()));
                rows.lines().forEach(line -> lines.add("  " + line));
                lines.add("");
            }
        }
        lines.add("'odibi connectors NAME' tells every setting of one.");
        return String.join("\n", lines) + "\n";
    }

    /** Returns everything about each thing of that name. */
    public String details(String name, Style style) {
        List<String> lines = new ArrayList<>();
        for (Installed one : named(name)) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(style.paint(Look.STRONG, one.kind() + " " + one.name()) + "   "
                    + one.settings().summary());
            one.settings().settings().forEach(setting -> lines.addAll(describe(setting, style)));
            one.settings().passThrough().forEach(open -> {
                lines.add("  "
                        + style.paint(Look.ACCENT, open.prefix().isEmpty() ? "any other key" : open.prefix() + "*"));
                wrap(open.meaning(), lines);
            });
            if (one.settings().settings().isEmpty()
                    && one.settings().passThrough().isEmpty()) {
                lines.add("  has no settings");
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> describe(Setting<?> setting, Style style) {
        List<String> lines = new ArrayList<>();
        String names = String.join(", ", setting.aliases());
        String also = names.isEmpty() ? "" : " (also " + names + ")";
        String need = setting.isRequired()
                ? "required"
                : fallback(setting).map(value -> "default " + value).orElse("optional");
        lines.add("  " + style.paint(Look.ACCENT, setting.name()) + also + "   "
                + style.paint(Look.FAINT, need + (isSecret(setting) ? ", never shown" : "")));
        wrap(setting.meaning(), lines);
        wrap("is " + setting.type().shape().words(), lines);
        return lines;
    }

    private static void wrap(String text, List<String> lines) {
        StringBuilder line = new StringBuilder("     ");
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("     ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }

    /** Adds {@code installed}: of all, or of one name. */
    public void write(Json json, Optional<String> name) {
        List<Installed> shown = name.map(this::named).orElse(all);
        json.objects(
                "installed",
                shown,
                (object, one) -> object.put("kind", one.kind())
                        .put("name", one.name())
                        .put("plugin", one.origin())
                        .put("summary", one.settings().summary())
                        .objects("settings", one.settings().settings(), InstalledReport::write)
                        .objects(
                                "passes",
                                one.settings().passThrough(),
                                (passed, open) ->
                                        passed.put("prefix", open.prefix()).put("meaning", open.meaning())));
    }

    private static void write(Json json, Setting<?> setting) {
        json.put("name", setting.name())
                .texts("aliases", setting.aliases())
                .put("type", setting.type().shape().words())
                .put("meaning", setting.meaning())
                .truth("required", setting.isRequired())
                .put("default", fallback(setting))
                .truth("secret", isSecret(setting));
    }

    private static Optional<String> fallback(Setting<?> setting) {
        return setting.fallback().map(InstalledReport::word);
    }

    private static String word(Object value) {
        if (value instanceof Duration duration) {
            return io.odibi.core.settings.Durations.format(duration);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(java.util.Locale.ROOT);
        }
        return value instanceof Secret ? Secret.MASK : String.valueOf(value);
    }

    private static boolean isSecret(Setting<?> setting) {
        return setting.type().shape().words().equals(SECRET_WORDS);
    }

    private List<Installed> named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).toList();
    }
}
