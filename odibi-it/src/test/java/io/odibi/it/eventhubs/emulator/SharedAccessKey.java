package io.odibi.it.eventhubs.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A shared access policy, and the check of the tokens that are signed with its key.
 *
 * @param name of the policy
 * @param value the key itself, whose text is what signs
 */
record SharedAccessKey(String name, String value) {

    private static final String SCHEME = "SharedAccessSignature ";
    private static final int BYTES = 32;

    /** What becomes of a token. */
    enum Verdict {
        GOOD(202, "Accepted"),
        MALFORMED(401, "MalformedToken: The token is malformed."),
        BAD_SIGNATURE(401, "InvalidSignature: The token has an invalid signature."),
        EXPIRED(401, "ExpiredToken: The token is expired."),
        WRONG_AUDIENCE(401, "InvalidAudience: The authorization header contains a token with a wrong audience.");

        private final int status;
        private final String text;

        Verdict(int status, String text) {
            this.status = status;
            this.text = text;
        }

        int status() {
            return status;
        }

        String text() {
            return text;
        }
    }

    /** A new key. */
    static SharedAccessKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SharedAccessKey(
                "RootManageSharedAccessKey", Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Checks a token.
     *
     * @param token as the client sent it
     * @param audience what it has to be good for, a URI
     */
    Verdict check(String token, String audience, Instant now) {
        if (!token.startsWith(SCHEME)) {
            return Verdict.MALFORMED;
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : token.substring(SCHEME.length()).split("&", -1)) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        String resource = fields.getOrDefault("sr", "");
        String expiry = fields.getOrDefault("se", "");
        if (!expiry.matches("\\d{1,18}")) {
            return Verdict.MALFORMED;
        }
        byte[] expected = sign(resource + "\n" + expiry).getBytes(UTF_8);
        byte[] actual = decoded(fields.getOrDefault("sig", "")).getBytes(UTF_8);
        if (!name.equals(decoded(fields.getOrDefault("skn", ""))) || !MessageDigest.isEqual(expected, actual)) {
            return Verdict.BAD_SIGNATURE;
        }
        if (Long.parseLong(expiry) <= now.getEpochSecond()) {
            return Verdict.EXPIRED;
        }
        return covers(decoded(resource), audience) ? Verdict.GOOD : Verdict.WRONG_AUDIENCE;
    }

    /** When a token that passed the check ends. */
    static Instant expiry(String token) {
        int at = token.indexOf("&se=") + 4;
        int end = token.indexOf('&', at);
        return Instant.ofEpochSecond(Long.parseLong(end < 0 ? token.substring(at) : token.substring(at, end)));
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }

    private static boolean covers(String resource, String audience) {
        String wide = EntityPath.ofUri(resource).toLowerCase(Locale.ROOT);
        String narrow = EntityPath.ofUri(audience).toLowerCase(Locale.ROOT);
        return wide.isEmpty() || narrow.equals(wide) || narrow.startsWith(wide + "/");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return name;
    }
}
