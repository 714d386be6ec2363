package io.odibi.it.eventhubs.emulator;

import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.Message;

/** Where a client gets a node's replies, as it gives credit for them. */
final class ReplyLink implements LinkEnd {

    private static final int USUAL_SIZE = 1024;

    private final Outgoing link;
    private final Queue<Message> waiting = new ArrayDeque<>();

    ReplyLink(Sender link) {
        this.link = new Outgoing(link);
    }

    void send(Message reply) {
        waiting.add(reply);
        proceed();
    }

    @Override
    public void proceed() {
        while (link.hasCredit() && !waiting.isEmpty()) {
            link.send(EventCodec.encoded(waiting.remove(), USUAL_SIZE));
        }
    }
}
