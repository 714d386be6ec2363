package io.odibi.it.eventhubs.emulator;

import io.odibi.it.eventhubs.emulator.Incoming.Arrived;
import java.util.List;
import java.util.Optional;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.engine.Receiver;

/** Where a client's events arrive: at one partition, or at the hub, which chooses one for each message. */
final class PublisherLink implements LinkEnd {

    static final int CREDIT = 300;
    static final int MAX_MESSAGE_SIZE = 1024 * 1024;

    private final AmqpPeer peer;
    private final Receiver link;
    private final EntityPath path;
    private final Hub hub;
    private final Optional<PartitionLog> partition;

    PublisherLink(AmqpPeer peer, Receiver link, EntityPath path, Hub hub, Optional<PartitionLog> partition) {
        this.peer = peer;
        this.link = link;
        this.path = path;
        this.hub = hub;
        this.partition = partition;
    }

    @Override
    public void receive() {
        if (link.current() != null && link.current().pending() > MAX_MESSAGE_SIZE) {
            peer.close(link, Refusal.tooLarge(link.current().pending(), MAX_MESSAGE_SIZE));
            return;
        }
        for (Optional<Arrived> next = Incoming.next(link); next.isPresent(); next = Incoming.next(link)) {
            Arrived message = next.get();
            message.delivery().disposition(outcome(message));
            message.delivery().settle();
            link.flow(1);
        }
    }

    @Override
    public boolean isAllowed() {
        return peer.allows(path);
    }

    @Override
    public boolean isToHub() {
        return true;
    }

    private DeliveryState outcome(Arrived message) {
        if (peer.faults().takesReject()) {
            return rejected(Refusal.serverBusy());
        }
        List<EventContent> events;
        try {
            events = EventCodec.events(
                    message.content().getArray(), message.delivery().getMessageFormat());
        } catch (RuntimeException malformed) {
            return rejected(Refusal.undecodable());
        }
        if (!events.isEmpty()) {
            partition.orElseGet(() -> hub.choose(events.get(0))).append(events);
            peer.connections().wake();
        }
        return Accepted.getInstance();
    }

    private static Rejected rejected(Refusal why) {
        Rejected rejected = new Rejected();
        rejected.setError(why.error());
        return rejected;
    }
}
