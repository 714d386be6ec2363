package io.odibi.it.eventhubs.emulator;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of one partition. Any thread may use it. */
final class PartitionLog {

    private static final int OVERHEAD = 40;

    private final int partition;
    private final Clock clock;
    private final List<StoredEvent> kept = new ArrayList<>();
    private long next;
    private long nextOffset;
    private PartitionState state = PartitionState.UNUSED;

    PartitionLog(int partition, Clock clock) {
        this.partition = partition;
        this.clock = clock;
    }

    int partition() {
        return partition;
    }

    /** Puts events at the end, with none of another sender among them. */
    synchronized List<StoredEvent> append(List<EventContent> batch) {
        return batch.stream().map(this::append).toList();
    }

    private StoredEvent append(EventContent content) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        StoredEvent event = new StoredEvent(partition, next++, nextOffset, now, content);
        nextOffset += content.size() + OVERHEAD;
        kept.add(event);
        state = new PartitionState(
                kept.get(0).sequenceNumber(), event.sequenceNumber(), event.offset(), event.enqueued(), false);
        return event;
    }

    /** Drops the oldest events up to this one, included; how many. */
    synchronized int expire(long upTo) {
        int before = kept.size();
        kept.removeIf(event -> event.sequenceNumber() <= upTo);
        if (before > 0) {
            state = new PartitionState(
                    kept.isEmpty() ? next : kept.get(0).sequenceNumber(),
                    state.last(),
                    state.lastOffset(),
                    state.lastEnqueued(),
                    kept.isEmpty());
        }
        return before - kept.size();
    }

    synchronized PartitionState state() {
        return state;
    }

    synchronized List<StoredEvent> events() {
        return List.copyOf(kept);
    }

    /** The oldest event that is kept, from this sequence number on. */
    synchronized Optional<StoredEvent> from(long sequenceNumber) {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        long index = Math.max(0, sequenceNumber - kept.get(0).sequenceNumber());
        return index < kept.size() ? Optional.of(kept.get((int) index)) : Optional.empty();
    }

    /** The sequence number that a receiver begins at. */
    synchronized long start(StartPosition position) {
        return position.sequenceNumber(kept, state);
    }
}
