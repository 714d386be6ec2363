package io.odibi.it.eventhubs.emulator;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Footer;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/** The sections of an event that come from its sender, and how many bytes they took. */
final class EventContent {

    static final Symbol PARTITION_KEY = Symbol.valueOf("x-opt-partition-key");

    private final @Nullable MessageAnnotations annotations;
    private final @Nullable Properties header;
    private final @Nullable ApplicationProperties properties;
    private final @Nullable Section body;
    private final @Nullable Footer footer;
    private final @Nullable String partitionKey;
    private final int size;

    private EventContent(Message sent, @Nullable String partitionKey, int size) {
        this.annotations = sent.getMessageAnnotations();
        this.header = sent.getProperties();
        this.properties = sent.getApplicationProperties();
        this.body = sent.getBody();
        this.footer = sent.getFooter();
        this.partitionKey = partitionKey;
        this.size = size;
    }

    /** What a message brought, under the key that it carries itself. */
    static EventContent of(Message sent, int size) {
        return of(sent, key(sent.getMessageAnnotations()), size);
    }

    /** What a message brought, under a key that came with its batch. */
    static EventContent of(Message sent, @Nullable String partitionKey, int size) {
        return new EventContent(sent, partitionKey, size);
    }

    /** The partition key among annotations. */
    static @Nullable String key(@Nullable MessageAnnotations annotations) {
        Object key = annotations == null || annotations.getValue() == null
                ? null
                : annotations.getValue().get(PARTITION_KEY);
        return key == null ? null : key.toString();
    }

    @Nullable
    String partitionKey() {
        return partitionKey;
    }

    int size() {
        return size;
    }

    byte[] body() {
        return body instanceof Data data && data.getValue() != null
                ? Arrays.copyOfRange(
                        data.getValue().getArray(),
                        data.getValue().getArrayOffset(),
                        data.getValue().getArrayOffset() + data.getValue().getLength())
                : new byte[0];
    }

    Map<String, Object> properties() {
        return properties == null || properties.getValue() == null
                ? Map.of()
                : new LinkedHashMap<>(properties.getValue());
    }

    /** A new message with these sections, the sender's annotations among others that the caller gives. */
    Message message(Map<Symbol, Object> system) {
        Message message = Message.Factory.create();
        Map<Symbol, Object> all = new LinkedHashMap<>();
        if (annotations != null && annotations.getValue() != null) {
            all.putAll(annotations.getValue());
        }
        all.putAll(system);
        message.setMessageAnnotations(new MessageAnnotations(all));
        message.setProperties(header);
        message.setApplicationProperties(properties);
        message.setBody(body);
        message.setFooter(footer);
        return message;
    }
}
