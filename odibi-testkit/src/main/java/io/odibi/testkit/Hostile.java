package io.odibi.testkit;

import io.odibi.core.text.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values that nobody means and somebody will write. */
final class Hostile {

    private static final int LONG = 100_000;

    private Hostile() {}

    static List<ConfigValue> values() {
        List<ConfigValue> values = new ArrayList<>(List.of(
                ConfigValues.nothing(),
                ConfigValues.plain("null"),
                ConfigValues.plain("~"),
                ConfigValues.quoted(""),
                ConfigValues.quoted("   "),
                ConfigValues.quoted("\n"),
                ConfigValues.quoted("\0"),
                ConfigValues.quoted("a\0b"),
                ConfigValues.quoted("line\nline\r\nline"),
                ConfigValues.quoted("\u202e\ud83d\ude00\u0301"),
                ConfigValues.quoted("\ud800"),
                ConfigValues.quoted("x".repeat(LONG)),
                ConfigValues.quoted("(".repeat(LONG)),
                ConfigValues.quoted("[".repeat(LONG)),
                ConfigValues.quoted("{\"a\":".repeat(LONG)),
                ConfigValues.quoted("1 ".repeat(LONG)),
                ConfigValues.quoted(",".repeat(LONG)),
                ConfigValues.plain("9".repeat(LONG)),
                ConfigValues.plain("-1"),
                ConfigValues.plain("0"),
                ConfigValues.plain("9223372036854775808"),
                ConfigValues.plain("1e999999999"),
                ConfigValues.plain("NaN"),
                ConfigValues.plain("012"),
                ConfigValues.plain("yes"),
                ConfigValues.plain("P99999999999999D"),
                ConfigValues.plain("+999999999-12-31T23:59:59Z"),
                ConfigValues.quoted("{}"),
                ConfigValues.quoted("{\"a\":{\"0\":99999999999999999999}}"),
                ConfigValues.quoted("'; DROP TABLE users; --"),
                ConfigValues.quoted("${HOME} $(id) `id` %s%n {0}"),
                ConfigValues.quoted("../../../../etc/passwd"),
                ConfigValues.quoted("jndi:ldap://localhost/x"),
                ConfigValues.list(),
                ConfigValues.list(ConfigValues.nothing(), ConfigValues.list(), ConfigValues.mapping()),
                ConfigValues.list("a", "a", "a"),
                ConfigValues.mapping(),
                ConfigValues.mapping("", ConfigValues.nothing()),
                ConfigValues.mapping("a", Map.of("0", List.of(Map.of())))));
        ConfigValue nested = ConfigValues.plain("deep");
        for (int depth = 0; depth < 500; depth++) {
            nested = ConfigValues.list(nested);
        }
        values.add(nested);
        return values;
    }

    /** A value as it can stand in a test's message. */
    static String shown(ConfigValue value) {
        return value.fold(
                scalar -> scalar.text().length() > 40
                        ? "'" + scalar.text().substring(0, 40) + "...' ("
                                + scalar.text().length() + " characters)"
                        : "'" + scalar.text() + "'",
                ConfigValue::kind,
                ConfigValue::kind);
    }
}
