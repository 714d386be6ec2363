package io.odibi.core.describe;

import io.odibi.core.text.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options for an engine, in the order given; secret ones never print.
 *
 * @param plain what may be shown
 * @param secret what may not
 */
public record Options(Map<String, String> plain, Map<String, Secret> secret) {

    private static final Options NONE = new Options(Map.of(), Map.of());

    public Options {
        plain = Collections.unmodifiableMap(new LinkedHashMap<>(plain));
        secret = Collections.unmodifiableMap(new LinkedHashMap<>(secret));
    }

    /** Returns no options. */
    public static Options none() {
        return NONE;
    }

    /** Returns these options and one more. */
    public Options with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(plain);
        more.put(key, value);
        return new Options(more, secret);
    }

    /** Returns these options and one more that is never shown. */
    public Options with(String key, Secret value) {
        Map<String, Secret> more = new LinkedHashMap<>(secret);
        more.put(key, value);
        return new Options(plain, more);
    }

    /** Returns these options and others, which win where both have a key. */
    public Options with(Options others) {
        Map<String, String> morePlain = new LinkedHashMap<>(plain);
        Map<String, Secret> moreSecret = new LinkedHashMap<>(secret);
        others.plain.keySet().forEach(moreSecret::remove);
        others.secret.keySet().forEach(morePlain::remove);
        morePlain.putAll(others.plain);
        moreSecret.putAll(others.secret);
        return new Options(morePlain, moreSecret);
    }

    /** Returns all options with their secrets in clear text; for handing to the engine, never for showing. */
    public Map<String, String> reveal() {
        Map<String, String> all = new LinkedHashMap<>(plain);
        secret.forEach((key, value) -> all.put(key, value.reveal()));
        return all;
    }
}
