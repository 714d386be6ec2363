package io.odibi.it.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A secret that nothing else looks like: letters and digits, which no encoding of addresses, JSON or SQL changes.
 *
 * @param name what it was given as
 * @param text what must be found nowhere
 */
record Canary(String name, String text) {

    private static final int LENGTH = 32;

    /** Makes one by its name. */
    static Canary of(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return new Canary(name, HexFormat.of().formatHex(digest).substring(0, LENGTH));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What to look for, by the form that it is: itself, its halves, and what its bytes become in other encodings. */
    Map<String, String> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("as it is", text);
        forms.put("its first half", text.substring(0, text.length() / 2));
        forms.put("its second half", text.substring(text.length() / 2));
        forms.put("in capitals", text.toUpperCase(Locale.ROOT));
        forms.put("backwards", new StringBuilder(text).reverse().toString());
        forms.put("in UTF-16", text.substring(0, text.length() / 2).replaceAll("(.)", "$1\0"));
        forms.put("in hexadecimal digits", HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
        for (int before = 0; before < 3; before++) {
            forms.put("in Base64 after " + before, base64(before));
        }
        return forms;
    }

    /** What Base64 makes of the secret inside a longer text, by how many bytes of a group of three stand before it. */
    private String base64(int before) {
        String encoded = Base64.getEncoder()
                .withoutPadding()
                .encodeToString(("x".repeat(before) + text).getBytes(StandardCharsets.UTF_8));
        // The first and last characters hold bits of what is around.
        return encoded.substring(4, encoded.length() - 3);
    }
}
