package io.odibi.cli.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the earthquakes example's events to a Kafka topic as if they happened now, over and over.
 *
 * <p>Each published event has an id of its own ({@code original id-round}), is reported now, and happened a little earlier,
 * by the original's delay at a thousandth: out of order by seconds, a few late by more than five minutes. The key is the
 * network that saw it; all other fields are the original's.
 *
 * <p>One thread publishes; any thread may ask {@link #published()}, stop or close. Whoever opened the feed closes it.
 */
public final class EarthquakeFeed implements AutoCloseable {
    private final List<SeismicEvent> events;
    private final EventSink sink;
    private final Pace.Ticker ticker;
    private final Map<String, LongAdder> acknowledged = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile @Nullable Thread publisher;
    private long position;

    EarthquakeFeed(List<SeismicEvent> events, EventSink sink, Pace.Ticker ticker) {
        this.events = List.copyOf(events);
        this.sink = sink;
        this.ticker = ticker;
    }

    /**
     * Reads the events and opens a producer; publishes nothing yet.
     *
     * @param events the example's {@code events.ndjson}
     * @throws DemoException if the file cannot be read or is not such a file
     */
    public static EarthquakeFeed open(Path events, String bootstrapServers, String topic) {
        requireNonNull(bootstrapServers, "bootstrapServers");
        requireNonNull(topic, "topic");
        return new EarthquakeFeed(
                read(requireNonNull(events, "events")), new KafkaEventSink(bootstrapServers, topic), Pace.SYSTEM);
    }

    /**
     * Publishes events and returns when the broker has acknowledged each of them; a later call goes on where this one ended.
     *
     * @param count how many; {@link Long#MAX_VALUE} for until it is stopped
     * @param eventsPerSecond the rate, which is kept evenly and never exceeded to catch up
     * @param clock says what "now" is in the events
     * @return all that this feed has published so far; fewer than asked if it was stopped or the thread interrupted
     * @throws DemoException if an event could not be delivered; the feed is of no more use then
     */
    public Published publish(long count, double eventsPerSecond, Clock clock) {
        requireNonNull(clock, "clock");
        Pace pace = new Pace(eventsPerSecond, ticker);
        publisher = Thread.currentThread();
        try {
            for (long sent = 0; sent < count && pace.awaitTurn(this::mustEnd); sent++) {
                send(clock);
            }
            sink.flush();
        } finally {
            publisher = null;
        }
        Exception cause = failure.get();
        if (cause != null && !endedOnPurpose()) {
            throw new DemoException("cannot publish events: " + cause.getMessage(), cause);
        }
        return published();
    }

    /** What the broker has acknowledged so far. */
    public Published published() {
        SortedMap<String, Long> byType = new TreeMap<>();
        acknowledged.forEach((type, events) -> byType.put(type, events.sum()));
        return new Published(byType);
    }

    /** Lets {@link #publish} return as soon as what it sent is acknowledged, now and ever after. */
    public void stop() {
        stopped = true;
        Thread waiting = publisher;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Stops, and gives up what the broker does not acknowledge within a few seconds. */
    @Override
    public void close() {
        stop();
        sink.close();
    }

    private void send(Clock clock) {
        SeismicEvent event = events.get(Math.toIntExact(position % events.size()));
        long round = position / events.size() + 1;
        position++;
        sink.send(event.network(), event.replay(round, clock.instant()), new EventSink.Delivery() {
            @Override
            public void acknowledged() {
                acknowledged
                        .computeIfAbsent(event.eventType(), type -> new LongAdder())
                        .increment();
            }

            @Override
            public void failed(Exception reason) {
                failure.compareAndSet(null, reason);
            }
        });
    }

    private boolean mustEnd() {
        return failure.get() != null || endedOnPurpose();
    }

    private boolean endedOnPurpose() {
        return stopped || Thread.currentThread().isInterrupted();
    }

    static List<SeismicEvent> read(Path file) {
        List<SeismicEvent> events = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                events.add(SeismicEvent.parse(line));
            }
        } catch (IOException e) {
            throw new DemoException("cannot read the events '" + file + "': " + e, e);
        } catch (IllegalArgumentException e) {
            throw new DemoException(
                    "cannot read the events '" + file + "': line " + (events.size() + 1) + ": " + e.getMessage(), e);
        }
        if (events.isEmpty()) {
            throw new DemoException("cannot read the events '" + file + "': the file is empty");
        }
        return events;
    }

    /** Counts of acknowledged events, by event type. */
    public record Published(SortedMap<String, Long> byType) {
        /** Keeps a copy. */
        public Published {
            byType = Collections.unmodifiableSortedMap(new TreeMap<>(byType));
        }

        /** All of them. */
        public long total() {
            return byType.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
