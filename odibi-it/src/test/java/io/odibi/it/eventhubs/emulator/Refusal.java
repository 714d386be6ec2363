package io.odibi.it.eventhubs.emulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;

/** What the service says no with. The clients parse some of these texts, so they are the service's own. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Symbol condition;

    private Refusal(String condition, String text) {
        super(text + tracking());
        this.condition = Symbol.valueOf(condition);
    }

    /** The error of AMQP that carries it to the client. */
    ErrorCondition error() {
        return new ErrorCondition(condition, getMessage());
    }

    static Refusal notFound(String entity) {
        return new Refusal("amqp:not-found", notFoundText(entity));
    }

    static String notFoundText(String entity) {
        return "The messaging entity '" + entity
                + "' could not be found. To know more visit https://aka.ms/sbResourceMgrExceptions.";
    }

    static Refusal noSuchPartition(int partitions) {
        return new Refusal("com.microsoft:argument-out-of-range", noSuchPartitionText(partitions));
    }

    static String noSuchPartitionText(int partitions) {
        return "The specified partition is invalid for an EventHub partition sender or receiver. It should be between 0 and "
                + (partitions - 1) + ".";
    }

    static Refusal unauthorized(String entity) {
        return new Refusal(
                "amqp:unauthorized-access",
                "Unauthorized access. 'Send' or 'Listen' claim(s) are required to perform this operation. Resource: '"
                        + entity + "'.");
    }

    static Refusal tokenExpired() {
        return new Refusal("amqp:unauthorized-access", "ExpiredToken: The token is expired.");
    }

    static Refusal badSelector(String selector) {
        return new Refusal("amqp:invalid-field", "The filter '" + selector + "' is invalid.");
    }

    static Refusal beyondTheEnd(String what, String supplied, long last) {
        return new Refusal(
                "com.microsoft:argument-error",
                "The supplied " + what + " '" + supplied + "' is invalid. The last " + what + " in the system is '"
                        + last + "'");
    }

    static Refusal stolen(Reader by, Reader from) {
        return new Refusal(
                "amqp:link:stolen",
                "New receiver '" + by.name() + "' with higher epoch of '" + by.epochText()
                        + "' is created hence current receiver '" + from.name() + "' with epoch '" + from.epochText()
                        + "' is getting disconnected. If you are recreating the receiver, make sure a higher epoch is used.");
    }

    static Refusal lowerEpoch(Reader newcomer, Reader holder) {
        return new Refusal(
                "amqp:link:stolen",
                "Receiver '" + holder.name() + "' with a higher epoch '" + holder.epochText()
                        + "' already exists. Receiver '" + newcomer.name() + "' with epoch " + newcomer.epochText()
                        + " cannot be created. Make sure you are creating receiver with increasing epoch value to ensure"
                        + " connectivity, or ensure all old epoch receivers are closed or disconnected.");
    }

    static Refusal noEpoch(Reader holder) {
        return new Refusal(
                "amqp:link:stolen",
                "At least one receiver for the endpoint is created with epoch of '" + holder.epochText()
                        + "', and so non-epoch receiver is not allowed. Either reconnect with a higher epoch, or make sure"
                        + " all epoch receivers are closed or disconnected.");
    }

    static Refusal tooManyReaders(int allowed) {
        return new Refusal(
                "amqp:resource-limit-exceeded",
                "Exceeded the maximum number of allowed receivers per partition in a consumer group which is " + allowed
                        + ".");
    }

    static Refusal tooLarge(int size, int allowed) {
        return new Refusal(
                "amqp:link:message-size-exceeded",
                "The received message (size:" + size + " bytes) exceeds the limit (" + allowed
                        + " bytes) currently allowed on the link.");
    }

    static Refusal undecodable() {
        return new Refusal("amqp:decode-error", "The message could not be decoded.");
    }

    static Refusal serverBusy() {
        return new Refusal(
                "com.microsoft:server-busy",
                "The request was terminated because the entity is being throttled. Error code : 50002. Please wait 4 seconds"
                        + " and try again. To know more visit https://aka.ms/sbResourceMgrExceptions.");
    }

    static Refusal linkDetached() {
        return new Refusal(
                "amqp:link:detach-forced", "The link is force detached by the broker. Details: Fault injection.");
    }

    static Refusal connectionClosed() {
        return new Refusal(
                "amqp:connection:forced", "The connection was closed by container. Details: Fault injection.");
    }

    private static String tracking() {
        return " TrackingId:" + UUID.randomUUID() + "_G0, SystemTracker:emulator, Timestamp:"
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
