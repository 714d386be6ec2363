package io.odibi.it.eventhubs.emulator;

import java.nio.ByteBuffer;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Sender;

/** Sends whole messages, settled from the start as the service does. */
final class Outgoing {

    private final Sender link;
    private long sent;

    Outgoing(Sender link) {
        this.link = link;
    }

    boolean hasCredit() {
        return link.getCredit() > 0;
    }

    void send(byte[] message) {
        Delivery delivery =
                link.delivery(ByteBuffer.allocate(Long.BYTES).putLong(sent++).array());
        link.send(message, 0, message.length);
        delivery.settle();
        link.advance();
    }
}
