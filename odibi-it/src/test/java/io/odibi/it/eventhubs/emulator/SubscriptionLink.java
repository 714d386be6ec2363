package io.odibi.it.eventhubs.emulator;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.qpid.proton.engine.Sender;

/** Where a client gets the events of a partition, as it gives credit for them. */
final class SubscriptionLink implements LinkEnd, Reader {

    private static final int BURST = 200;

    private final AmqpPeer peer;
    private final Sender link;
    private final Outgoing outgoing;
    private final EntityPath path;
    private final PartitionLog log;
    private final Readers readers;
    private final ReceiverWish wish;
    private long next;

    SubscriptionLink(
            AmqpPeer peer, Sender link, EntityPath path, PartitionLog log, Readers readers, ReceiverWish wish) {
        this.peer = peer;
        this.link = link;
        this.outgoing = new Outgoing(link);
        this.path = path;
        this.log = log;
        this.readers = readers;
        this.wish = wish;
    }

    /**
     * Takes its place among the readers.
     *
     * @throws Refusal if it begins beyond the end, or another reader's epoch keeps it out
     */
    void begin() {
        next = log.start(wish.position());
        readers.admit(this);
    }

    @Override
    public void proceed() {
        for (int sent = 0; sent < BURST && outgoing.hasCredit(); sent++) {
            Optional<StoredEvent> event = log.from(next);
            if (event.isEmpty()) {
                if (link.getDrain()) {
                    link.drained();
                }
                return;
            }
            outgoing.send(EventCodec.encoded(event.get(), wish.wantsMetrics() ? log.state() : null));
            next = event.get().sequenceNumber() + 1;
        }
        if (outgoing.hasCredit()) {
            peer.wakeSoon();
        }
    }

    @Override
    public void ended() {
        readers.leave(this);
    }

    @Override
    public boolean isAllowed() {
        return peer.allows(path);
    }

    @Override
    public boolean isToHub() {
        return true;
    }

    @Override
    public String name() {
        return wish.name();
    }

    @Override
    public OptionalLong epoch() {
        return wish.epoch();
    }

    @Override
    public void disconnect(Refusal why) {
        peer.later(() -> peer.close(link, why));
    }
}
