package io.odibi.it.eventhubs.emulator;

import java.util.Optional;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Receiver;

/** Takes whole messages from a link that a client sends on. */
final class Incoming {

    private Incoming() {}

    /**
     * A message.
     *
     * @param delivery to be settled by the one who takes it
     * @param content all of it
     */
    record Arrived(Delivery delivery, Binary content) {}

    /** The next message that is there as a whole. */
    static Optional<Arrived> next(Receiver link) {
        for (Delivery delivery = link.current(); delivery != null; delivery = link.current()) {
            if (delivery.isAborted()) {
                link.advance();
                delivery.settle();
                link.flow(1);
            } else if (delivery.isPartial() || !delivery.isReadable()) {
                return Optional.empty();
            } else {
                byte[] bytes = new byte[delivery.pending()];
                link.recv(bytes, 0, bytes.length);
                link.advance();
                return Optional.of(new Arrived(delivery, new Binary(bytes)));
            }
        }
        return Optional.empty();
    }
}
