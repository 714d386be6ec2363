package io.odibi.engine.formats;

import io.odibi.core.describe.Options;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings that are options of Spark or Delta, under the names that these give them: declared one by one, so that a slip of the pen is
 * told, and handed on as they were written.
 */
final class EngineOptions {

    /** Text that may be a blank: a tab is a fine separator, and no quote at all is a choice. */
    private static final ValueType<String> VERBATIM = new ValueType<>() {
        @Override
        public Optional<String> read(ConfigValue value, String key, Findings findings) {
            return value.fold(
                    scalar -> scalar.isNothing()
                            ? ValueTypes.refuse(value, key, shape(), findings)
                            : Optional.of(scalar.text()),
                    sequence -> ValueTypes.refuse(value, key, shape(), findings),
                    mapping -> ValueTypes.refuse(value, key, shape(), findings));
        }

        @Override
        public TypeShape shape() {
            return new TypeShape.Text("text", Optional.empty());
        }
    };

    private final List<Setting<?>> settings = new ArrayList<>();

    /** Adds options that the documentation of the engine explains. */
    EngineOptions verbatim(String meaning, String... names) {
        for (String name : names) {
            add(Setting.optional(name, VERBATIM, meaning), name);
        }
        return this;
    }

    /** Adds an option, with its name in snake case as an alias. */
    <T> EngineOptions option(String name, ValueType<T> type, String meaning) {
        add(Setting.optional(name, type, meaning), name);
        return this;
    }

    private void add(Setting<?> setting, String name) {
        String snake = snakeCase(name);
        settings.add(snake.equals(name) ? setting : setting.alias(snake));
    }

    List<Setting<?>> settings() {
        return List.copyOf(settings);
    }

    Setting<?>[] declared() {
        return settings.toArray(Setting[]::new);
    }

    /** Returns the options that were written, under the engine's names. */
    Options from(Settings written) {
        Options options = Options.none();
        for (Setting<?> setting : settings) {
            Optional<?> value = written.find(setting);
            if (value.isPresent()) {
                options = options.with(setting.name(), String.valueOf(value.get()));
            }
        }
        return options;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
