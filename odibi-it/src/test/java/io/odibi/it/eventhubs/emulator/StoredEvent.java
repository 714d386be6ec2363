package io.odibi.it.eventhubs.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event as a partition keeps it. */
public final class StoredEvent {

    private final int partition;
    private final long sequenceNumber;
    private final long offset;
    private final Instant enqueued;
    private final EventContent content;

    StoredEvent(int partition, long sequenceNumber, long offset, Instant enqueued, EventContent content) {
        this.partition = partition;
        this.sequenceNumber = sequenceNumber;
        this.offset = offset;
        this.enqueued = enqueued;
        this.content = content;
    }

    /** The partition that it lies in. */
    public int partition() {
        return partition;
    }

    /** Its number in the partition; the first event that a partition ever got is 0, and none is left out. */
    public long sequenceNumber() {
        return sequenceNumber;
    }

    /** Where it begins in the partition, in bytes; grows with the sequence number, but is never equal to it by rule. */
    public long offset() {
        return offset;
    }

    /** When it arrived, to the millisecond. */
    public Instant enqueued() {
        return enqueued;
    }

    /** The key that chose its partition, empty if it was sent without one. */
    public Optional<String> partitionKey() {
        return Optional.ofNullable(content.partitionKey());
    }

    /** Its body; no bytes if the body is a value or a sequence of AMQP. */
    public byte[] body() {
        return content.body();
    }

    /** Its body as text in UTF-8. */
    public String text() {
        return new String(content.body(), UTF_8);
    }

    /** What the sender said about it, by name. */
    public Map<String, Object> properties() {
        return content.properties();
    }

    EventContent content() {
        return content;
    }

    @Nullable
    String key() {
        return content.partitionKey();
    }

    @Override
    public String toString() {
        return partition + "/" + sequenceNumber + " " + text();
    }
}
