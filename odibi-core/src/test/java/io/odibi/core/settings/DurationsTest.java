package io.odibi.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "10 seconds, PT10S",
        "10 second, PT10S",
        "interval 10 seconds, PT10S",
        "INTERVAL 10 SECONDS, PT10S",
        "500 milliseconds, PT0.5S",
        "1.5 seconds, PT1.5S",
        "1 hour 30 minutes, PT1H30M",
        "1 day, P1D",
        "2 weeks, P14D",
        "10s, PT10S",
        "10 sec, PT10S",
        "1 min, PT1M",
        "500ms, PT0.5S",
        "1h30m, PT1H30M",
        "PT10S, PT10S",
        "0 seconds, PT0S"
    })
    void readsTheFormsThatPeopleWrite(String text, Duration meant) {
        assertThat(Durations.parse(text)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10",
                "ten seconds",
                "-5 seconds",
                "1 month",
                "10 microseconds",
                "10 nanoseconds",
                "0.5 ms",
                "10 seconds and",
                "PT-10S",
                "PT0.0001S",
                "99999999999999999999 days",
                "once"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT10S, 10 seconds",
        "PT1S, 1 second",
        "PT1H30M, 1 hour 30 minutes",
        "PT0S, 0 seconds",
        "P1DT0.25S, 1 day 250 milliseconds"
    })
    void writesWhatItReads(Duration duration, String words) {
        assertThat(Durations.format(duration)).isEqualTo(words);
        assertThat(Durations.parse(words)).contains(duration);
    }

    @Test
    void sparesTheLongestDurationFromOverflow() {
        assertThat(Durations.parse("P99999999999D")).isNotNull();
    }

    @Test
    @Timeout(5)
    void refusesAnEndlessTextAtOnce() {
        assertThat(Durations.parse("9".repeat(100_000))).isEmpty();
    }
}
