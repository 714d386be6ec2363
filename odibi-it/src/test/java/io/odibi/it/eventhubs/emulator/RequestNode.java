package io.odibi.it.eventhubs.emulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.message.Message;

/** A node of the service that answers requests. Asked under the lock of the connection. */
interface RequestNode {

    /**
     * What it answers.
     *
     * @param status as in HTTP
     * @param description in words
     * @param body what was asked for, empty text if nothing
     */
    record Answer(int status, String description, Object body) {

        /** An answer without what was asked for. */
        static Answer of(int status, String description) {
            return new Answer(status, description, "");
        }

        /** As the reply to a request. */
        Message message(Message request) {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("status-code", status);
            properties.put("status-description", description);
            Message reply = Message.Factory.create();
            reply.setCorrelationId(request.getMessageId());
            reply.setApplicationProperties(new ApplicationProperties(properties));
            reply.setBody(new AmqpValue(body));
            return reply;
        }
    }

    /** The answer to a request. */
    Answer answer(Message request);

    /** A property of a request as text, empty if it has none of that name. */
    static String property(Message request, String name) {
        ApplicationProperties properties = request.getApplicationProperties();
        return properties == null || properties.getValue() == null
                ? ""
                : Objects.toString(properties.getValue().get(name), "");
    }
}
