package io.odibi.config;

import static io.odibi.config.SchemaShapes.ordered;

import io.odibi.config.json.JsonText;
import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes the language to editors: a JSON Schema (draft 7, which the editors' YAML support knows best) made from the declarations that
 * the loader and the plugins read by.
 */
public final class JsonSchema {

    private static final Map<SettingsDeclaration, String> DEFINITIONS = Map.of(
            ConnectionKeys.DECLARATION, "connection",
            PipelineKeys.DECLARATION, "pipeline",
            NodeKeys.DECLARATION, "node",
            ReadKeys.DECLARATION, "read",
            WriteKeys.DECLARATION, "write",
            StreamingKeys.DECLARATION, "streaming",
            TransformKeys.DECLARATION, "transform",
            StepKeys.DECLARATION, "step");

    private final SchemaShapes shapes =
            new SchemaShapes(declaration -> Optional.ofNullable(DEFINITIONS.get(declaration)));

    /** Makes the generator. */
    public JsonSchema() {}

    /** Returns the schema of a project file, with the settings of everything that is installed. */
    public String generate(PluginCatalog catalog) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "http://json-schema.org/draft-07/schema#");
        root.put("title", "Odibi project");
        root.put("description", "A project of Odibi, a part of one, or one pipeline");
        root.put("type", "object");
        root.put(
                "if",
                ordered(
                        "anyOf", List.of(required("pipeline"), required("nodes")),
                        "not", required(ProjectKeys.PIPELINES.name())));
        root.put("then", reference("file_of_one_pipeline"));
        root.put("else", reference("project"));
        root.put("definitions", definitions(catalog));
        return new JsonText().write(root);
    }

    private Map<String, Object> definitions(PluginCatalog catalog) {
        Map<String, Object> definitions = new LinkedHashMap<>();
        Map<String, Object> project = object(ProjectKeys.DECLARATION, Legacy.PROJECT);
        // A file of a folder may hold any part of the project.
        project.remove("required");
        keysOf(project)
                .put(
                        ProjectKeys.ENVIRONMENTS.name(),
                        ordered(
                                "type", List.of("object", "null"),
                                "description", ProjectKeys.ENVIRONMENTS.meaning(),
                                "additionalProperties",
                                        ordered(
                                                "type", List.of("object", "null"),
                                                "propertyNames", ordered("enum", environmentKeys()))));
        definitions.put("project", project);
        Map<String, Object> pipeline = object(PipelineKeys.DECLARATION, Legacy.PIPELINE);
        Map<String, Object> fragment = new LinkedHashMap<>(pipeline);
        Map<String, Object> both = new LinkedHashMap<>(keysOf(project));
        both.putAll(keysOf(pipeline));
        fragment.put("properties", both);
        definitions.put("file_of_one_pipeline", fragment);
        definitions.put("pipeline", pipeline);
        Map<String, Object> node = object(NodeKeys.DECLARATION, Legacy.NODE);
        keysOf(node).merge("transformer", SchemaShapes.choice(steps(catalog).keySet()), JsonSchema::with);
        definitions.put("node", node);
        definitions.put("streaming", shapes.object(StreamingKeys.DECLARATION));
        definitions.put("transform", shapes.object(TransformKeys.DECLARATION));
        definitions.put(
                "connection",
                open(
                        object(ConnectionKeys.DECLARATION, Legacy.CONNECTION),
                        List.of("type"),
                        Optional.empty(),
                        declared(catalog.connections().byName(), ConnectionType::settings)));
        definitions.put(
                "read",
                open(
                        object(ReadKeys.DECLARATION, Legacy.READ),
                        List.of("format"),
                        Optional.of("options"),
                        declared(catalog.sources().byName(), Source::settings)));
        definitions.put(
                "write",
                open(
                        object(WriteKeys.DECLARATION, Legacy.WRITE),
                        List.of("format"),
                        Optional.of("options"),
                        declared(catalog.sinks().byName(), Sink::settings)));
        Map<String, Object> step = open(
                shapes.object(StepKeys.DECLARATION),
                List.of("type", "function", "operation"),
                Optional.of("params"),
                steps(catalog));
        step.put(
                "anyOf",
                Stream.of("type", "function", "operation", "sql", "sql_file")
                        .map(JsonSchema::required)
                        .toList());
        definitions.put("step", step);
        return definitions;
    }

    private static List<String> environmentKeys() {
        return Stream.concat(
                        Environments.keys().stream(),
                        Legacy.PROJECT.ineffective().keySet().stream().sorted())
                .toList();
    }

    /** A mapping with the language's keys, and those that are taken and do nothing. */
    private Map<String, Object> object(SettingsDeclaration declaration, Legacy legacy) {
        Map<String, Object> schema = shapes.object(declaration);
        new TreeMap<>(legacy.ineffective())
                .forEach((key, why) ->
                        keysOf(schema).put(key, ordered("description", "Has no effect: " + why, "deprecated", true)));
        return schema;
    }

    /**
     * A mapping in which further keys follow from the value of one.
     *
     * @param schema the mapping with the language's own keys
     * @param selectors the keys of which one decides
     * @param nested the key under which the further keys may stand as well
     * @param declared the further keys by the deciding value
     */
    private Map<String, Object> open(
            Map<String, Object> schema,
            List<String> selectors,
            Optional<String> nested,
            Map<String, SettingsDeclaration> declared) {
        Map<String, Object> keys = keysOf(schema);
        selectors.forEach(key -> keys.merge(key, SchemaShapes.choice(declared.keySet()), JsonSchema::with));
        Map<String, Object> own = keys.keySet().stream()
                .collect(Collectors.toMap(key -> key, key -> true, (a, b) -> a, LinkedHashMap::new));
        List<Object> cases = new ArrayList<>();
        declared.forEach((name, declaration) -> {
            List<Object> chosen = selectors.stream()
                    .<Object>map(key ->
                            ordered("properties", ordered(key, ordered("const", name)), "required", List.of(key)))
                    .toList();
            cases.add(ordered("if", ordered("anyOf", chosen), "then", chosen(own, nested, declaration)));
        });
        schema.remove("additionalProperties");
        schema.put("allOf", cases);
        return schema;
    }

    private Map<String, Object> chosen(
            Map<String, Object> own, Optional<String> nested, SettingsDeclaration declaration) {
        Map<String, Object> properties = new LinkedHashMap<>(shapes.properties(declaration));
        own.forEach(properties::putIfAbsent);
        nested.ifPresent(key -> {
            Map<String, Object> inside = shapes.object(declaration);
            inside.put("type", List.of("object", "null"));
            inside.remove("required");
            properties.put(key, inside);
        });
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("properties", properties);
        schema.putAll(shapes.others(declaration));
        List<Object> needed = declaration.settings().stream()
                .filter(Setting::isRequired)
                .<Object>map(setting -> ordered("anyOf", places(setting, nested)))
                .toList();
        if (!needed.isEmpty()) {
            schema.put("allOf", needed);
        }
        return schema;
    }

    /** Where a required setting may stand: here by any of its names, under the nested key, or, for a query, in a file. */
    private static List<Object> places(Setting<?> setting, Optional<String> nested) {
        List<Object> places = new ArrayList<>();
        Stream.concat(Stream.of(setting.name()), setting.aliases().stream()).forEach(name -> {
            places.add(required(name));
            nested.ifPresent(
                    key -> places.add(ordered("required", List.of(key), "properties", ordered(key, required(name)))));
        });
        if (setting.name().equals("query") && nested.equals(Optional.of("params"))) {
            places.add(required("sql"));
            places.add(required("sql_file"));
        }
        return places;
    }

    /** The transforms, and the merge, which has the settings of what it writes. */
    private static Map<String, SettingsDeclaration> steps(PluginCatalog catalog) {
        Map<String, SettingsDeclaration> steps = declared(catalog.transforms().byName(), Transform::settings);
        catalog.sinks()
                .find(MergeKeys.FORMAT)
                .ifPresent(sink -> steps.put(
                        MergeKeys.NAME,
                        MergeKeys.DECLARATION.and(sink.settings().settings().toArray(Setting[]::new))));
        return steps;
    }

    private static <T> Map<String, SettingsDeclaration> declared(
            Map<String, T> byName, Function<T, SettingsDeclaration> settings) {
        Map<String, SettingsDeclaration> declared = new TreeMap<>();
        byName.forEach((name, thing) -> declared.put(name, settings.apply(thing)));
        return declared;
    }

    private static Object with(Object first, Object second) {
        Map<Object, Object> both = new LinkedHashMap<>((Map<?, ?>) first);
        both.remove("type");
        both.putAll((Map<?, ?>) second);
        return both;
    }

    private static Map<String, Object> required(String key) {
        return ordered("required", List.of(key));
    }

    private static Map<String, Object> reference(String definition) {
        return ordered("$ref", "#/definitions/" + definition);
    }

    @SuppressWarnings("unchecked") // SchemaShapes puts a map there
    private static Map<String, Object> keysOf(Map<String, Object> schema) {
        return (Map<String, Object>) Objects.requireNonNull(schema.get("properties"));
    }
}
