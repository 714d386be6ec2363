package io.odibi.it.eventhubs.emulator;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.DeliveryAnnotations;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** Turns messages of a sender into events, and events into messages for a receiver. */
final class EventCodec {

    /** The message format of a batch: each data section is a message of its own. */
    static final int BATCH_FORMAT = 0x80013700;

    private static final Symbol SEQUENCE_NUMBER = Symbol.valueOf("x-opt-sequence-number");
    private static final Symbol OFFSET = Symbol.valueOf("x-opt-offset");
    private static final Symbol ENQUEUED_TIME = Symbol.valueOf("x-opt-enqueued-time");
    private static final int ROOM = 1024;

    private EventCodec() {}

    /** The events in a message, in their order. */
    static List<EventContent> events(byte[] bytes, int format) {
        return format == BATCH_FORMAT ? batch(bytes) : List.of(EventContent.of(decoded(bytes), bytes.length));
    }

    /** The message in these bytes. */
    static Message decoded(byte[] bytes) {
        Message message = Message.Factory.create();
        message.decode(bytes, 0, bytes.length);
        return message;
    }

    /** An event for a receiver; with what the partition held last, if the receiver asked for that. */
    static byte[] encoded(StoredEvent event, @Nullable PartitionState metrics) {
        Map<Symbol, Object> system = new LinkedHashMap<>();
        system.put(SEQUENCE_NUMBER, event.sequenceNumber());
        system.put(OFFSET, Long.toString(event.offset()));
        system.put(ENQUEUED_TIME, Date.from(event.enqueued()));
        if (event.key() != null) {
            system.put(EventContent.PARTITION_KEY, event.key());
        }
        Message message = event.content().message(system);
        if (metrics != null) {
            message.setDeliveryAnnotations(new DeliveryAnnotations(metrics.annotations()));
        }
        return encoded(message, event.content().size() + ROOM);
    }

    /**
     * The bytes of a message.
     *
     * @param guess how many there may be; more are found out
     */
    static byte[] encoded(Message message, int guess) {
        for (int room = guess; ; room *= 2) {
            byte[] bytes = new byte[room];
            try {
                return Arrays.copyOf(bytes, message.encode(bytes, 0, room));
            } catch (BufferOverflowException | IndexOutOfBoundsException tooSmall) {
                // Proton has no way to ask for the size beforehand.
            }
        }
    }

    // Message.decode keeps one data section only.
    private static List<EventContent> batch(byte[] bytes) {
        DecoderImpl decoder = new DecoderImpl();
        AMQPDefinedTypes.registerAllTypes(decoder, new EncoderImpl(decoder));
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        decoder.setByteBuffer(buffer);
        String key = null;
        List<EventContent> events = new ArrayList<>();
        while (buffer.hasRemaining()) {
            Object section = decoder.readObject();
            if (section instanceof MessageAnnotations annotations) {
                key = EventContent.key(annotations);
            } else if (section instanceof Data data) {
                Binary value = data.getValue();
                byte[] event = Arrays.copyOfRange(
                        value.getArray(), value.getArrayOffset(), value.getArrayOffset() + value.getLength());
                Message message = decoded(event);
                String own = EventContent.key(message.getMessageAnnotations());
                events.add(EventContent.of(message, key == null ? own : key, event.length));
            }
        }
        return events;
    }
}
