package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import io.odibi.core.text.TextOrigin.Layout;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills variables into values, in the forms that {@link #FORMS} lists; a doubled dollar sign before the brace stands for itself. Keys and
 * comments are left alone, and what was filled in is not searched again.
 */
final class Variables {

    private static final String FORMS =
            "'${NAME}', '${NAME:-default}', '${env:NAME}', '${vars.name}', '${date:...}', or '$${' for the characters";

    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_VALUES = 200_000;
    private static final int MAX_DEPTH = 10;

    private static final Pattern PLACE = Pattern.compile("(\\$?)\\$\\{([^}]*)(}?)");
    private static final Pattern VARIABLE =
            Pattern.compile("(?:(vars)\\.|(env):)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);

    private final Map<String, String> environment;
    private final Dates dates;
    private final Map<String, ConfigValue> vars = new HashMap<>();
    private final Map<String, Optional<ConfigValue>> resolved = new HashMap<>();
    private final Set<String> resolving = new LinkedHashSet<>();
    private final Set<Position> unresolved = new HashSet<>();
    private final Findings findings;
    private int values;

    Variables(Map<String, String> environment, Clock clock, Optional<Mapping.Entry> vars, Findings findings) {
        this.environment = environment;
        this.dates = new Dates(clock);
        this.findings = findings;
        vars.map(Mapping.Entry::value).ifPresent(value -> {
            if (value instanceof Mapping mapping) {
                mapping.entries().forEach(entry -> this.vars.put(entry.key(), entry.value()));
            }
        });
    }

    /** Where a value has a variable that could not be filled in. */
    Set<Position> unresolved() {
        return unresolved;
    }

    /** Returns a mapping with its variables filled in. */
    Mapping resolve(Mapping mapping) {
        return (Mapping) resolve((ConfigValue) mapping);
    }

    /** Returns a value with its variables filled in; text that is one {@code ${vars.name}} becomes what stands there. */
    ConfigValue resolve(ConfigValue value) {
        return value.fold(
                this::resolve,
                sequence -> {
                    List<ConfigValue> items = new ArrayList<>();
                    for (ConfigValue item : sequence.items()) {
                        items.add(resolve(item));
                    }
                    return new Sequence(items, sequence.at());
                },
                mapping -> {
                    List<Mapping.Entry> entries = new ArrayList<>();
                    for (Mapping.Entry entry : mapping.entries()) {
                        entries.add(new Mapping.Entry(entry.key(), entry.keyAt(), resolve(entry.value())));
                    }
                    return new Mapping(entries, mapping.at());
                });
    }

    private ConfigValue resolve(Scalar scalar) {
        if (!scalar.text().contains("${")) {
            return scalar;
        }
        Matcher place = PLACE.matcher(scalar.text());
        StringBuilder filled = new StringBuilder();
        int copied = 0;
        boolean newLines = false;
        while (place.find()) {
            filled.append(scalar.text(), copied, place.start());
            copied = place.end();
            if (!place.group(1).isEmpty()) {
                filled.append("${").append(place.group(2)).append(place.group(3));
                continue;
            }
            Use use = new Use(scalar, place);
            ConfigValue value = use.value().orElse(null);
            if (value instanceof Scalar text) {
                filled.append(text.text());
                newLines |= text.text().contains("\n");
            } else if (value != null && use.isWhole()) {
                return value;
            } else {
                if (value != null) {
                    use.fault("'" + use.name() + "' is " + value.kind() + ", which cannot stand inside text", "");
                }
                unresolved.add(scalar.at());
                filled.append(place.group());
            }
            if (filled.length() > MAX_TEXT) {
                use.fault("the text grows past " + MAX_TEXT + " characters", "");
                return scalar;
            }
        }
        filled.append(scalar.text(), copied, scalar.text().length());
        // A line stays the line of the file that it was, though what stands behind a variable has moved sideways.
        TextOrigin origin = newLines ? new TextOrigin(scalar.origin().start(), Layout.UNKNOWN) : scalar.origin();
        return new Scalar(filled.toString(), scalar.at(), scalar.style(), origin);
    }

    /** One place where a variable is used. */
    private final class Use {
        private final Scalar scalar;
        private final Matcher place;
        private final String name;

        private Use(Scalar scalar, Matcher place) {
            this.scalar = scalar;
            this.place = place;
            this.name = place.group(2);
        }

        private String name() {
            return name;
        }

        private boolean isWhole() {
            return place.start() == 0 && place.end() == scalar.text().length();
        }

        private Optional<ConfigValue> value() {
            if (place.group(3).isEmpty()) {
                return fault("'${' is opened and never closed", "close it with '}', or write '$${' for the characters");
            }
            if (name.startsWith("date:")) {
                Optional<String> date = dates.format(name.substring("date:".length()));
                return date.isEmpty()
                        ? fault("'${" + name + "}' is no date", "write one of " + Dates.FORMS)
                        : date.map(this::text);
            }
            Matcher parts = VARIABLE.matcher(name);
            if (!parts.matches()) {
                return fault("'${" + name + "}' is no variable", "write one of " + FORMS);
            }
            Optional<ConfigValue> fallback = Optional.ofNullable(parts.group(4)).map(this::text);
            return parts.group(1) != null ? ofVars(parts.group(3), fallback) : ofEnvironment(parts.group(3), fallback);
        }

        private Optional<ConfigValue> ofEnvironment(String variable, Optional<ConfigValue> fallback) {
            String value = environment.get(variable);
            if (value != null && (!value.isEmpty() || fallback.isEmpty())) {
                return Optional.of(text(value));
            }
            if (fallback.isPresent()) {
                return fallback;
            }
            findings.add(Finding.of(FindingCode.CONFIG_VARIABLE, at(), "variable '" + variable + "' is not set")
                    .suggest(variable, environment.keySet())
                    .fix("set it in the environment or in .env, or write a default: '${" + variable + ":-...}'"));
            return Optional.empty();
        }

        private Optional<ConfigValue> ofVars(String variable, Optional<ConfigValue> fallback) {
            ConfigValue written = vars.get(variable);
            if (written == null) {
                if (fallback.isEmpty()) {
                    findings.add(Finding.of(FindingCode.CONFIG_VARIABLE, at(), "'vars' has no '" + variable + "'")
                            .allow(
                                    vars.isEmpty()
                                            ? "none here"
                                            : String.join(
                                                    ", ",
                                                    vars.keySet().stream()
                                                            .sorted()
                                                            .toList()))
                            .suggest(variable, vars.keySet()));
                }
                return fallback;
            }
            if (resolved.containsKey(variable)) {
                return counted(resolved.get(variable));
            }
            if (resolving.contains(variable) || resolving.size() >= MAX_DEPTH) {
                return fault(
                        "variables stand for each other: " + String.join(" -> ", resolving) + " -> " + variable,
                        "write one of them out");
            }
            resolving.add(variable);
            Optional<ConfigValue> value = Optional.of(resolve(written));
            resolving.remove(variable);
            resolved.put(variable, value);
            return counted(value);
        }

        /** A list of variables that are lists of variables would grow without bound. */
        private Optional<ConfigValue> counted(Optional<ConfigValue> value) {
            value.ifPresent(this::count);
            return values > MAX_VALUES
                    ? fault("variables stand for more than " + MAX_VALUES + " values", "write fewer")
                    : value;
        }

        private void count(ConfigValue value) {
            if (++values <= MAX_VALUES && value instanceof Sequence sequence) {
                sequence.items().forEach(this::count);
            } else if (values <= MAX_VALUES && value instanceof Mapping mapping) {
                mapping.entries().forEach(entry -> count(entry.value()));
            }
        }

        private ConfigValue text(String value) {
            return new Scalar(value, scalar.at(), scalar.style(), TextOrigin.at(scalar.at()));
        }

        private Optional<ConfigValue> fault(String message, String fix) {
            Finding finding = Finding.of(FindingCode.CONFIG_VARIABLE, at(), message);
            findings.add(fix.isEmpty() ? finding : finding.fix(fix));
            return Optional.empty();
        }

        private Position at() {
            String before = scalar.text().substring(0, place.start());
            int line = 1 + (int) before.chars().filter(one -> one == '\n').count();
            return scalar.origin().locate(line, before.length() - before.lastIndexOf('\n'));
        }
    }
}
