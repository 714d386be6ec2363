package io.odibi.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EarthquakeFeedTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void replacesIdAndTimesOfEveryLineAndNothingElse() throws IOException {
        List<String> lines = Files.readAllLines(eventsFile());
        assertThat(lines).hasSize(1707);
        for (String line : lines) {
            String replayed = SeismicEvent.parse(line).replay(7, NOW);

            assertThat(blanked(replayed)).isEqualTo(blanked(line));
            assertThat(SeismicEvent.field(replayed, "id")).isEqualTo(SeismicEvent.field(line, "id") + "-7");
            assertThat(SeismicEvent.field(replayed, "updated_time")).isEqualTo("2026-03-01T12:00:00.000Z");
            Instant happened = Instant.parse(SeismicEvent.field(replayed, "event_time"));
            assertThat(Duration.between(happened, NOW)).isBetween(Duration.ofMillis(50), Duration.ofMinutes(10));
        }
    }

    @Test
    void keepsTheOriginalsDisorderAndLateness() {
        List<Instant> times = EarthquakeFeed.read(eventsFile()).stream()
                .map(event -> Instant.parse(SeismicEvent.field(event.replay(1, NOW), "event_time")))
                .toList();

        assertThat(times)
                .filteredOn(time -> time.isBefore(NOW.minusSeconds(300)))
                .hasSizeBetween(10, 40);
        assertThat(times).filteredOn(time -> time.isAfter(NOW.minusSeconds(60))).hasSizeGreaterThan(1200);
    }

    @Test
    void readsAndReplacesOneField() {
        String json = "{\"id\":\"a\",\"place\":\"id: event_time\",\"felt\":null,\"event_time\":\"t\"}";

        assertThat(SeismicEvent.field(json, "event_time")).isEqualTo("t");
        assertThat(SeismicEvent.withField(json, "id", "a-1"))
                .isEqualTo("{\"id\":\"a-1\",\"place\":\"id: event_time\",\"felt\":null,\"event_time\":\"t\"}");
        assertThatThrownBy(() -> SeismicEvent.field(json, "felt")).hasMessage("no string field 'felt'");
    }

    @Test
    void saysWhichLineOfTheFileIsWrong(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("events.ndjson");
        String good = Files.readAllLines(eventsFile()).get(0);
        Files.writeString(file, good + "\n{\"id\":\"a \\\" b\"}\n");

        assertThatThrownBy(() -> EarthquakeFeed.read(file))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("events.ndjson': line 2: not a flat JSON object without a backslash");
    }

    @Test
    void countsByTypeWhatIsAcknowledged() {
        FakeSink sink = new FakeSink();
        EarthquakeFeed feed = feed(sink, new FakeTicker());

        EarthquakeFeed.Published published = feed.publish(2 * 1707, 300, CLOCK);

        assertThat(published.total()).isEqualTo(2 * 1707);
        assertThat(published.byType()).isEqualTo(Map.of("earthquake", 3358L, "explosion", 30L, "quarry blast", 26L));
    }

    @Test
    void givesEveryEventItsOwnIdAcrossReplaysAndCalls() {
        FakeSink sink = new FakeSink();
        EarthquakeFeed feed = feed(sink, new FakeTicker());

        feed.publish(2000, 300, CLOCK);
        feed.publish(2000, 300, CLOCK);

        assertThat(new HashSet<>(sink.ids)).hasSize(4000);
        assertThat(sink.ids.get(0)).isEqualTo("ak18247005-1");
        assertThat(sink.ids.get(1707)).isEqualTo("ak18247005-2");
        assertThat(sink.keys.get(0)).isEqualTo("ak");
    }

    @Test
    void keepsTheRateEvenly() {
        FakeTicker ticker = new FakeTicker();

        feed(new FakeSink(), ticker).publish(901, 300, CLOCK);

        assertThat(Duration.ofNanos(ticker.now))
                .isBetween(SECOND.multipliedBy(3), SECOND.multipliedBy(3).plusMillis(1));
    }

    @Test
    void doesNotMakeUpForAPauseByABurst() {
        FakeTicker ticker = new FakeTicker();
        FakeSink sink = new FakeSink();
        sink.beforeSend = sent -> {
            if (sent == 100) {
                ticker.now += Duration.ofMinutes(1).toNanos();
            }
        };

        feed(sink, ticker).publish(401, 100, CLOCK);

        assertThat(Duration.ofNanos(ticker.now)).isBetween(Duration.ofMillis(63_900), Duration.ofMillis(64_100));
    }

    @Test
    void refusesARateThatNeverMoves() {
        assertThatThrownBy(() -> feed(new FakeSink(), new FakeTicker()).publish(1, 0, CLOCK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(20)
    void stopsWhileItWaits() throws InterruptedException {
        CountDownLatch first = new CountDownLatch(1);
        FakeSink sink = new FakeSink();
        sink.beforeSend = sent -> first.countDown();
        EarthquakeFeed feed = feed(sink, Pace.SYSTEM);
        Thread publisher = new Thread(() -> feed.publish(Long.MAX_VALUE, 0.001, CLOCK));
        publisher.start();
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();

        feed.stop();
        publisher.join();

        assertThat(feed.published().total()).isEqualTo(1);
    }

    @Test
    void endsAtAFailedDeliveryAndCountsOnlyTheOthers() {
        FakeSink sink = new FakeSink();
        sink.failAt = 10;
        EarthquakeFeed feed = feed(sink, new FakeTicker());

        assertThatThrownBy(() -> feed.publish(100, 300, CLOCK))
                .isInstanceOf(DemoException.class)
                .hasMessage("cannot publish events: broker is gone");
        assertThat(feed.published().total()).isEqualTo(10);
    }

    private static EarthquakeFeed feed(EventSink sink, Pace.Ticker ticker) {
        return new EarthquakeFeed(EarthquakeFeed.read(eventsFile()), sink, ticker);
    }

    private static String blanked(String line) {
        return line.replaceAll("\"(id|event_time|updated_time)\":\"[^\"]*\"", "\"$1\":\"\"");
    }

    private static Path eventsFile() {
        Path file = Path.of("examples", "earthquakes", "events.ndjson");
        @Nullable Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(file))) {
            folder = folder.getParent();
        }
        assertThat(folder).as("a folder above this module with %s", file).isNotNull();
        return folder.resolve(file);
    }

    /** Time that passes only while somebody waits. */
    private static final class FakeTicker implements Pace.Ticker {
        long now;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void park(long nanos) {
            now += nanos;
        }
    }

    private static final class FakeSink implements EventSink {
        final List<String> keys = new ArrayList<>();
        final List<String> ids = new ArrayList<>();
        LongConsumer beforeSend = sent -> {};
        long failAt = Long.MAX_VALUE;

        @Override
        public void send(String key, String value, Delivery delivery) {
            beforeSend.accept(ids.size());
            if (ids.size() == failAt) {
                delivery.failed(new IOException("broker is gone"));
                return;
            }
            keys.add(key);
            ids.add(SeismicEvent.field(value, "id"));
            delivery.acknowledged();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
