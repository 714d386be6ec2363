package io.odibi.connector.kafka;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON that Spark's options for offsets are written in, each value with its place in the user's file. */
final class JsonText {

    /** What the options need is two levels deep. */
    private static final int DEEPEST = 8;

    private final Scalar source;
    private int next;
    private int line = 1;
    private int lineStart;

    private JsonText(Scalar source) {
        this.source = source;
    }

    /** Returns what a JSON text says; empty exactly when a finding was added. */
    static Optional<ConfigValue> read(Scalar source, String key, Findings findings) {
        JsonText text = new JsonText(source);
        try {
            ConfigValue value = text.value(0);
            text.skipSpace();
            if (text.next < source.text().length()) {
                throw text.fault("nothing more");
            }
            return Optional.of(value);
        } catch (Fault fault) {
            findings.add(Finding.of(FindingCode.CONFIG_VALUE, fault.at, "'" + key + "' is not JSON")
                    .allow(fault.expected));
            return Optional.empty();
        }
    }

    private ConfigValue value(int depth) throws Fault {
        skipSpace();
        if (depth > DEEPEST) {
            throw fault("at most " + DEEPEST + " levels");
        }
        return switch (peek()) {
            case '{' -> mapping(depth);
            case '[' -> sequence(depth);
            case '"' -> string();
            default -> word();
        };
    }

    private Mapping mapping(int depth) throws Fault {
        Position at = here();
        List<Mapping.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        next++;
        skipSpace();
        while (peek() != '}') {
            if (!entries.isEmpty()) {
                expect(',', "',' or '}'");
                skipSpace();
            }
            Position keyAt = here();
            if (peek() != '"') {
                throw fault("a key in double quotes");
            }
            String name = string().text();
            if (!keys.add(name)) {
                throw new Fault(keyAt, "each key once");
            }
            skipSpace();
            expect(':', "':'");
            entries.add(new Mapping.Entry(name, keyAt, value(depth + 1)));
            skipSpace();
        }
        next++;
        return new Mapping(entries, at);
    }

    private Sequence sequence(int depth) throws Fault {
        Position at = here();
        List<ConfigValue> items = new ArrayList<>();
        next++;
        skipSpace();
        while (peek() != ']') {
            if (!items.isEmpty()) {
                expect(',', "',' or ']'");
            }
            items.add(value(depth + 1));
            skipSpace();
        }
        next++;
        return new Sequence(items, at);
    }

    /** Topics and partition numbers need no escapes. */
    private Scalar string() throws Fault {
        Position at = here();
        int end = source.text().indexOf('"', next + 1);
        if (end < 0) {
            throw fault("'\"' at the end of a text");
        }
        String text = source.text().substring(next + 1, end);
        if (text.indexOf('\\') >= 0 || text.chars().anyMatch(Character::isISOControl)) {
            throw fault("text without escapes");
        }
        next = end + 1;
        return new Scalar(text, at, Scalar.Style.QUOTED, TextOrigin.at(at));
    }

    private Scalar word() throws Fault {
        Position at = here();
        int start = next;
        while (next < source.text().length()
                && (Character.isLetterOrDigit(source.text().charAt(next))
                        || "+-.".indexOf(source.text().charAt(next)) >= 0)) {
            next++;
        }
        if (next == start) {
            throw fault("a value");
        }
        return new Scalar(source.text().substring(start, next), at, Scalar.Style.PLAIN, TextOrigin.at(at));
    }

    private void expect(char wanted, String words) throws Fault {
        if (peek() != wanted) {
            throw fault(words);
        }
        next++;
    }

    /** Returns the next character; NUL at the end, which no rule takes. */
    private char peek() {
        return next < source.text().length() ? source.text().charAt(next) : '\0';
    }

    private void skipSpace() {
        while (next < source.text().length() && " \t\r\n".indexOf(source.text().charAt(next)) >= 0) {
            if (source.text().charAt(next) == '\n') {
                line++;
                lineStart = next + 1;
            }
            next++;
        }
    }

    private Position here() {
        return source.origin().locate(line, next - lineStart + 1);
    }

    private Fault fault(String expected) {
        return new Fault(here(), expected);
    }

    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Position at;
        private final String expected;

        private Fault(Position at, String expected) {
            super(expected, null, false, false);
            this.at = at;
            this.expected = expected;
        }
    }
}
