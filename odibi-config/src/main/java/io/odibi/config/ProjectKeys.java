package io.odibi.config;

import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.text;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.ConnectionSpec;
import io.odibi.core.model.MonitoringSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole project, all files in one. */
final class ProjectKeys {

    private static final TypeShape ANY_KEYS = new TypeShape.MapOf(new TypeShape.Anything());

    static final Setting<String> PROJECT =
            Setting.optional("project", text(), "The project's name; by default its folder's");
    static final Setting<String> DESCRIPTION = Setting.optional("description", text(), "What the project is for");
    static final Setting<String> OWNER = Setting.optional("owner", text(), "Who answers for the project");
    static final Setting<String> VERSION = Setting.optional("version", text(), "The project's version, for people");
    static final Setting<String> ENGINE = Setting.optional("engine", engine(), "What runs the project");
    static final Setting<ConfigValue> CONNECTIONS = Setting.optional(
            "connections",
            Types.part(new TypeShape.MapOf(new TypeShape.Keys(ConnectionKeys.DECLARATION))),
            "The systems that nodes read from and write to, by name");
    static final Setting<ConfigValue> PIPELINES = Setting.required(
            "pipelines",
            Types.part(new TypeShape.ListOf(new TypeShape.Keys(PipelineKeys.DECLARATION))),
            "The pipelines, run in the order written");
    static final Setting<Mapping> VARS =
            Setting.optional("vars", Types.mapping(ANY_KEYS), "Values to use elsewhere as '${vars.name}'");
    static final Setting<Mapping> ENVIRONMENTS = Setting.optional(
            "environments",
            Types.mapping(new TypeShape.MapOf(ANY_KEYS)),
            "What differs in an environment that '--env' names: merged over the project, pipelines and nodes by name");
    static final Setting<List<Located<String>>> IMPORTS = Setting.optional(
            "imports", Types.items(located(text("a path"))), "Files that belong to the project, relative to this one");
    static final Setting<ConfigValue> SPARK =
            Setting.optional("spark", Types.part(ANY_KEYS), "Settings of Spark; nested keys are joined with dots");
    static final Setting<Located<String>> STATE_LOCATION = Setting.optional(
            "state_location",
            located(text("a path")),
            "Where checkpoints go that do not say; relative paths start in the write connection");

    static final Setting<ConfigValue> MONITORING = Setting.optional(
            "monitoring",
            Types.part(new TypeShape.Keys(MonitoringKeys.DECLARATION)),
            "How runs tell of themselves: control channel, metrics, traces");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "A project: connections, and pipelines that use them",
            PROJECT,
            DESCRIPTION,
            OWNER,
            VERSION,
            ENGINE,
            CONNECTIONS,
            PIPELINES,
            VARS,
            ENVIRONMENTS,
            IMPORTS,
            SPARK,
            STATE_LOCATION,
            MONITORING);

    private ProjectKeys() {}

    /**
     * Reads a project.
     *
     * @param mapping all files in one, variables filled in
     * @param folder where relative paths start
     * @param scope the top of the project
     */
    static ProjectSpec read(Mapping mapping, Path folder, Scope scope) {
        Settings settings = scope.salvage(DECLARATION, Legacy.PROJECT.strip(mapping, scope));
        Map<String, ConnectionSpec> connections = connections(settings, scope);
        List<PipelineKeys.Pipeline> pipelines = new ArrayList<>();
        int number = 0;
        for (ConfigValue value : settings.find(PIPELINES).map(Types::itemsOf).orElse(List.of())) {
            Scope inside = scope.in(PIPELINES.name(), PipelineKeys.label(value, "pipeline", number++));
            inside.mapping(value, "pipeline", PipelineKeys.DECLARATION)
                    .flatMap(written -> PipelineKeys.read(written, inside))
                    .ifPresent(pipelines::add);
        }
        return new ProjectSpec(
                settings.find(PROJECT).orElseGet(() -> name(folder)),
                folder,
                connections,
                DisabledNodes.leaveOut(pipelines),
                spark(settings, scope),
                settings.find(STATE_LOCATION),
                settings.find(MONITORING)
                        .flatMap(value -> scope.mapping(value, MONITORING.name(), MonitoringKeys.DECLARATION))
                        .map(written -> MonitoringKeys.read(written, scope.in(MONITORING.name())))
                        .orElseGet(MonitoringSpec::none),
                mapping.at());
    }

    private static Map<String, ConnectionSpec> connections(Settings settings, Scope scope) {
        Map<String, ConnectionSpec> connections = new LinkedHashMap<>();
        Optional<Mapping> written = settings.find(CONNECTIONS)
                .flatMap(value -> value instanceof Mapping mapping
                        ? Optional.of(mapping)
                        : scope.reading(found -> ValueTypes.refuse(
                                value, CONNECTIONS.name(), CONNECTIONS.type().shape(), found)));
        for (Mapping.Entry entry : written.map(Mapping::entries).orElse(List.of())) {
            ConnectionKeys.read(entry, scope.in(CONNECTIONS.name(), entry.key()))
                    .ifPresentOrElse(
                            spec -> connections.put(entry.key(), spec),
                            () -> scope.told().brokenConnections().add(entry.key()));
        }
        return connections;
    }

    private static Map<String, Located<String>> spark(Settings settings, Scope scope) {
        Map<String, Located<String>> flat = new LinkedHashMap<>();
        settings.find(SPARK).ifPresent(value -> {
            if (value instanceof Mapping mapping) {
                flatten("", mapping, flat, scope.in(SPARK.name()));
            } else {
                scope.reading(found -> ValueTypes.refuse(value, SPARK.name(), ANY_KEYS, found));
            }
        });
        return flat;
    }

    private static void flatten(String prefix, Mapping mapping, Map<String, Located<String>> flat, Scope scope) {
        for (Mapping.Entry entry : mapping.entries()) {
            String key = prefix.isEmpty() ? entry.key() : prefix + "." + entry.key();
            if (entry.value() instanceof Mapping nested) {
                flatten(key, nested, flat, scope);
                continue;
            }
            Optional<String> value = scope.reading(found -> text().read(entry.value(), key, found));
            String full = key.startsWith("spark.") ? key : "spark." + key;
            Located<String> earlier = value.isEmpty()
                    ? null
                    : flat.putIfAbsent(
                            full, new Located<>(value.get(), entry.value().at()));
            if (earlier != null) {
                scope.report(Finding.of(FindingCode.CONFIG_CONFLICT, entry.keyAt(), "'" + full + "' is set twice")
                        .why("the first is at " + earlier.at())
                        .fix("keep one of them"));
            }
        }
    }

    private static ValueType<String> engine() {
        TypeShape shape = new TypeShape.Choice(List.of("spark"));
        return Types.of(shape, (value, key, findings) -> {
            Optional<String> engine = text().read(value, key, findings);
            if (engine.isPresent() && !engine.get().equals("spark")) {
                findings.add(
                        Finding.of(FindingCode.CONFIG_VALUE, value.at(), "'engine' cannot be '" + engine.get() + "'")
                                .allow(shape.words())
                                .fix("write 'engine: spark', or take the key out"));
                return Optional.empty();
            }
            return engine;
        });
    }

    private static String name(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "project" : last.toString();
    }
}
