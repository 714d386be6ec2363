package io.odibi.connector.eventhubs;

import io.odibi.core.text.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The form in which azure-eventhubs-spark takes a connection string. Its key is its own version, so this hides the string from a passing
 * eye and from nobody else: what comes out is a secret like what went in. Done here, and not by the library, since a check happens without
 * it and without Spark; 2.3.22 is its last version (2022).
 */
final class Encrypted {

    private static final String LIBRARY_VERSION = "2.3.22";
    private static final int ROUNDS = 1000;
    private static final int KEY_BITS = 256;

    private Encrypted() {}

    /** Returns a secret as the library takes it. */
    static Secret of(Secret secret) {
        try {
            SecretKeyFactory keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            byte[] key = keys.generateSecret(new PBEKeySpec(
                            LIBRARY_VERSION.toCharArray(),
                            LIBRARY_VERSION.getBytes(StandardCharsets.UTF_8),
                            ROUNDS,
                            KEY_BITS))
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            byte[] hidden = cipher.doFinal(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return Secret.of(Base64.getEncoder().encodeToString(hidden));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES", missing);
        }
    }
}
