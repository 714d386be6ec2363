package io.odibi.config;

import io.odibi.core.settings.Durations;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Says in JSON Schema what a declaration says; a variable may stand for any text, number or truth. */
final class SchemaShapes {

    private static final String VARIABLE = "\\$\\{";

    private final Function<SettingsDeclaration, Optional<String>> named;

    /** Makes a translator; {@code named} gives the definition of declarations that have one of their own. */
    SchemaShapes(Function<SettingsDeclaration, Optional<String>> named) {
        this.named = named;
    }

    /** A mapping with the declared keys and no others. */
    Map<String, Object> object(SettingsDeclaration declaration) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", declaration.summary());
        schema.put("properties", properties(declaration));
        List<String> required = declaration.settings().stream()
                .filter(setting -> setting.isRequired() && setting.aliases().isEmpty())
                .map(Setting::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.putAll(others(declaration));
        return schema;
    }

    /** The declared keys. */
    Map<String, Object> properties(SettingsDeclaration declaration) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Setting<?> setting : declaration.settings()) {
            properties.put(setting.name(), setting(setting));
            setting.aliases().forEach(alias -> properties.put(alias, setting(setting)));
        }
        return properties;
    }

    /** What holds for keys that are not declared. */
    Map<String, Object> others(SettingsDeclaration declaration) {
        Map<String, Object> schema = new LinkedHashMap<>();
        Map<String, Object> patterns = new LinkedHashMap<>();
        boolean open = false;
        for (SettingsDeclaration.PassThrough passed : declaration.passThrough()) {
            Map<String, Object> text = new LinkedHashMap<>(shape(new TypeShape.Text("text", Optional.empty())));
            text.put("description", passed.meaning());
            if (passed.prefix().isEmpty()) {
                open = true;
                schema.put("additionalProperties", text);
            } else {
                patterns.put(
                        "^"
                                + Pattern.compile("[.\\\\+*?\\[^\\]$(){}=!<>|:#-]")
                                        .matcher(passed.prefix())
                                        .replaceAll("\\\\$0"),
                        text);
            }
        }
        if (!patterns.isEmpty()) {
            schema.put("patternProperties", patterns);
        }
        if (!open) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    /** An object whose keys stay in this order, so that the schema is the same text each time. */
    static Map<String, Object> ordered(String key, Object value, Object... more) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(key, value);
        for (int i = 0; i < more.length; i += 2) {
            object.put((String) more[i], more[i + 1]);
        }
        return object;
    }

    /** One of several names, or a variable. */
    static Map<String, Object> choice(Iterable<String> names) {
        return ordered("anyOf", List.of(ordered("enum", names), ordered("type", "string", "pattern", VARIABLE)));
    }

    private Map<String, Object> setting(Setting<?> setting) {
        Map<String, Object> schema = new LinkedHashMap<>();
        TypeShape shape = setting.type().shape();
        schema.put("description", describe(setting.meaning(), shape));
        Map<String, Object> type = shape(shape);
        if (type.containsKey("$ref")) {
            // Draft 7 ignores what stands beside a reference.
            schema.put("allOf", List.of(type));
        } else {
            type.forEach(schema::putIfAbsent);
        }
        setting.fallback().flatMap(SchemaShapes::json).ifPresent(value -> schema.put("default", value));
        return schema;
    }

    private static String describe(String meaning, TypeShape shape) {
        boolean saysMore =
                shape instanceof TypeShape.Text text && !text.meaning().equals("text");
        return saysMore ? meaning + " (" + shape.words() + ")" : meaning;
    }

    private static Optional<Object> json(Object value) {
        if (value instanceof Enum<?> constant) {
            return Optional.of(constant.name().toLowerCase(Locale.ROOT));
        }
        if (value instanceof Duration duration) {
            return Optional.of(Durations.format(duration));
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value)
                : Optional.empty();
    }

    Map<String, Object> shape(TypeShape shape) {
        if (shape instanceof TypeShape.Text text) {
            return text.pattern()
                    .map(pattern -> ordered("type", "string", "pattern", pattern + "|" + VARIABLE))
                    .orElseGet(() -> ordered("type", List.of("string", "number", "boolean")));
        } else if (shape instanceof TypeShape.Whole whole) {
            Map<String, Object> schema = number("integer", "^[+-]?\\d+$");
            bound(schema, "minimum", whole.min(), Long.MIN_VALUE);
            bound(schema, "maximum", whole.max(), Long.MAX_VALUE);
            return schema;
        } else if (shape instanceof TypeShape.Decimal decimal) {
            Map<String, Object> schema = number("number", "^[+-]?[\\d.]+([eE][+-]?\\d+)?$");
            bound(schema, "minimum", decimal.min(), -Double.MAX_VALUE);
            bound(schema, "maximum", decimal.max(), Double.MAX_VALUE);
            return schema;
        } else if (shape instanceof TypeShape.Truth) {
            return number("boolean", "^([Tt]rue|TRUE|[Ff]alse|FALSE)$");
        } else if (shape instanceof TypeShape.Choice choice) {
            return choice(choice.choices());
        } else if (shape instanceof TypeShape.ListOf list) {
            Map<String, Object> item = shape(list.item());
            Map<String, Object> items = ordered("type", "array", "items", item);
            // One mapping may stand without its list as well, but errors inside 'anyOf' are hard to read in an editor.
            return list.item() instanceof TypeShape.Keys ? items : ordered("anyOf", List.of(items, item));
        } else if (shape instanceof TypeShape.MapOf map) {
            return map.value() instanceof TypeShape.Anything
                    ? ordered("type", List.of("object", "null"))
                    : ordered("type", "object", "additionalProperties", shape(map.value()));
        } else if (shape instanceof TypeShape.Keys keys) {
            return named.apply(keys.declaration())
                    .map(name -> ordered("$ref", "#/definitions/" + name))
                    .orElseGet(() -> object(keys.declaration()));
        } else if (shape instanceof TypeShape.AnyOf anyOf) {
            return ordered("anyOf", anyOf.shapes().stream().map(this::shape).toList());
        }
        return Map.of();
    }

    private static Map<String, Object> number(String type, String pattern) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of(type, "string"));
        schema.put("pattern", pattern + "|" + VARIABLE);
        return schema;
    }

    private static void bound(Map<String, Object> schema, String key, Number bound, Number none) {
        if (!bound.equals(none)) {
            schema.put(key, bound);
        }
    }
}
