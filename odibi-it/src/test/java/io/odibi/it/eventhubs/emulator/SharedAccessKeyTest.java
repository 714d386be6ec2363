package io.odibi.it.eventhubs.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.eventhubs.impl.SharedAccessSignatureTokenProvider;
import io.odibi.it.eventhubs.emulator.SharedAccessKey.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tokens made by Microsoft's own signer, looked at by the emulator. */
class SharedAccessKeyTest {

    private static final String RESOURCE = "amqp://127.0.0.1/hub";
    private static final Duration VALIDITY = Duration.ofMinutes(20);

    private final SharedAccessKey key = SharedAccessKey.random();
    private final Instant now = Instant.now();

    @Test
    void acceptsATokenForWhatItWasMadeForAndAllBelow() throws Exception {
        String token = token(key);

        assertThat(key.check(token, RESOURCE, now)).isEqualTo(Verdict.GOOD);
        assertThat(key.check(token, RESOURCE + "/ConsumerGroups/g/Partitions/0", now))
                .isEqualTo(Verdict.GOOD);
        assertThat(SharedAccessKey.expiry(token)).isBetween(now.plusSeconds(1190), now.plusSeconds(1215));
    }

    @Test
    void refusesATokenForAnotherHub() throws Exception {
        assertThat(key.check(token(key), "amqp://127.0.0.1/hub2", now)).isEqualTo(Verdict.WRONG_AUDIENCE);
        assertThat(key.check(token(key), "amqp://127.0.0.1/", now)).isEqualTo(Verdict.WRONG_AUDIENCE);
    }

    @Test
    void refusesATokenThatIsOver() throws Exception {
        assertThat(key.check(token(key), RESOURCE, now.plus(VALIDITY).plusSeconds(60)))
                .isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void refusesATokenOfAnotherKeyAndOneThatWasTouched() throws Exception {
        assertThat(key.check(token(SharedAccessKey.random()), RESOURCE, now)).isEqualTo(Verdict.BAD_SIGNATURE);
        assertThat(key.check(token(key).replace("hub", "hut"), "amqp://127.0.0.1/hut", now))
                .isEqualTo(Verdict.BAD_SIGNATURE);
        assertThat(key.check(token(key).replace("skn=Root", "skn=root"), RESOURCE, now))
                .isEqualTo(Verdict.BAD_SIGNATURE);
        assertThat(key.check("nonsense", RESOURCE, now)).isEqualTo(Verdict.MALFORMED);
        assertThat(key.check("SharedAccessSignature sr=x", RESOURCE, now)).isEqualTo(Verdict.MALFORMED);
    }

    private static String token(SharedAccessKey key) throws Exception {
        return SharedAccessSignatureTokenProvider.generateSharedAccessSignature(
                key.name(), key.value(), RESOURCE, VALIDITY);
    }
}
