package io.odibi.engine.jdbc;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a table, with that of its schema where it is told. Upper and lower case count.
 *
 * @param parts catalog, schema and table, or the last of them
 */
record TableName(List<String> parts) implements Serializable {

    private static final int MOST = 3;

    /** A name, or one in quotes, which may have dots in it. */
    private static final Pattern PART =
            Pattern.compile("\"((?:[^\"]|\"\"){1,200})\"|`([^`]{1,200})`|\\[([^\\]]{1,200})]|([^.\"`\\[\\]]{1,200})");

    TableName {
        parts = List.copyOf(parts);
    }

    /** Returns the name that a project writes; empty if it cannot be one. */
    static Optional<TableName> parse(String text) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        int from = 0;
        while (parts.size() < MOST && part.find(from) && part.start() == from) {
            parts.add(name(part));
            if (part.end() == text.length()) {
                return parts.stream().anyMatch(String::isBlank) || text.indexOf('\0') >= 0
                        ? Optional.empty()
                        : Optional.of(new TableName(parts));
            }
            if (text.charAt(part.end()) != '.') {
                return Optional.empty();
            }
            from = part.end() + 1;
        }
        return Optional.empty();
    }

    private static String name(Matcher part) {
        if (part.group(1) != null) {
            return part.group(1).replace("\"\"", "\"");
        }
        return part.group(2) != null ? part.group(2) : part.group(3) != null ? part.group(3) : part.group(4);
    }

    /** Returns another table of the same schema. */
    TableName beside(String table) {
        List<String> others = new ArrayList<>(parts.subList(0, parts.size() - 1));
        others.add(table);
        return new TableName(others);
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
