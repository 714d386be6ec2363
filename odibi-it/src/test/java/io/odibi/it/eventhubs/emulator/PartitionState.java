package io.odibi.it.eventhubs.emulator;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;

/**
 * What the service tells of a partition.
 *
 * @param begin sequence number of the oldest event that is kept; -1 if there never was one
 * @param last sequence number of the event that came last, kept or not; -1 if there never was one
 * @param lastOffset where that event begins; -1 if there never was one
 * @param lastEnqueued when that event came; the first day of year 1 if there never was one
 * @param isEmpty whether no event is kept
 */
record PartitionState(long begin, long last, long lastOffset, Instant lastEnqueued, boolean isEmpty) {

    static final PartitionState UNUSED = new PartitionState(-1, -1, -1, Instant.parse("0001-01-01T00:00:00Z"), true);

    /** The answer to a management request; the clients cast, so the types matter. */
    Map<String, Object> answer(String hub, String partition) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", hub);
        answer.put("type", "com.microsoft:partition");
        answer.put("partition", partition);
        answer.put("begin_sequence_number", begin);
        answer.put("last_enqueued_sequence_number", last);
        answer.put("last_enqueued_offset", Long.toString(lastOffset));
        answer.put("last_enqueued_time_utc", Date.from(lastEnqueued));
        answer.put("is_partition_empty", isEmpty);
        return answer;
    }

    /** The runtime metric that goes with each event to a receiver that asked for it. */
    Map<Symbol, Object> annotations() {
        Map<Symbol, Object> annotations = new LinkedHashMap<>();
        annotations.put(Symbol.valueOf("last_enqueued_sequence_number"), last);
        annotations.put(Symbol.valueOf("last_enqueued_offset"), Long.toString(lastOffset));
        annotations.put(Symbol.valueOf("last_enqueued_time_utc"), Date.from(lastEnqueued));
        annotations.put(Symbol.valueOf("runtime_info_retrieval_time_utc"), Date.from(Instant.now()));
        return annotations;
    }
}
