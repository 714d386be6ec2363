package io.odibi.it.eventhubs.emulator;

import io.odibi.it.eventhubs.emulator.Incoming.Arrived;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.message.Message;

/** Where a client's requests to a node arrive. */
final class RequestLink implements LinkEnd {

    static final int CREDIT = 100;

    private final Receiver link;
    private final RequestNode node;
    private final BiConsumer<String, Message> replies;

    /**
     * Serves a link.
     *
     * @param replies takes each reply, with the address that the request wants it at
     */
    RequestLink(Receiver link, RequestNode node, BiConsumer<String, Message> replies) {
        this.link = link;
        this.node = node;
        this.replies = replies;
    }

    @Override
    public void receive() {
        for (Optional<Arrived> next = Incoming.next(link); next.isPresent(); next = Incoming.next(link)) {
            Message request = EventCodec.decoded(next.get().content().getArray());
            next.get().delivery().disposition(Accepted.getInstance());
            next.get().delivery().settle();
            link.flow(1);
            replies.accept(request.getReplyTo(), node.answer(request).message(request));
        }
    }
}
