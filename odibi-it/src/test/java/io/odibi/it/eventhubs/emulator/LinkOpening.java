package io.odibi.it.eventhubs.emulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.Message;

/** Decides about each link that the client of one connection wants to open. Used under the lock of the connection. */
final class LinkOpening {

    private final Namespace namespace;
    private final AmqpPeer peer;
    private final Authorizations authorizations = new Authorizations();
    private final Map<String, RequestNode> nodes;
    private final Map<String, ReplyLink> replies = new HashMap<>();

    LinkOpening(Namespace namespace, AmqpPeer peer) {
        this.namespace = namespace;
        this.peer = peer;
        this.nodes = Map.of(
                CbsNode.ADDRESS, new CbsNode(namespace, authorizations),
                ManagementNode.ADDRESS, new ManagementNode(namespace));
    }

    /**
     * Opens a link and hands out our end of it.
     *
     * @throws Refusal if the client may not have it; nothing is opened then
     */
    LinkEnd open(Link link) {
        String address = address(link);
        RequestNode node = nodes.get(address);
        LinkEnd end;
        if (node != null) {
            end = link instanceof Receiver requests
                    ? new RequestLink(requests, node, this::reply)
                    : replyLink((Sender) link);
        } else {
            end = link instanceof Receiver events ? publisher(events, address) : subscription((Sender) link, address);
        }
        link.setSource(link.getRemoteSource());
        link.setTarget(link.getRemoteTarget());
        link.setSenderSettleMode(link.getRemoteSenderSettleMode());
        link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
        link.open();
        if (link instanceof Receiver receiver) {
            receiver.flow(node == null ? PublisherLink.CREDIT : RequestLink.CREDIT);
        }
        return end;
    }

    boolean allows(EntityPath path) {
        return authorizations.allow(path.text(), namespace.clock().instant());
    }

    private LinkEnd replyLink(Sender link) {
        ReplyLink replyLink = new ReplyLink(link);
        replies.put(((Target) link.getRemoteTarget()).getAddress(), replyLink);
        return replyLink;
    }

    private void reply(String address, Message message) {
        ReplyLink link = replies.get(address);
        if (link != null) {
            link.send(message);
        }
    }

    private LinkEnd publisher(Receiver link, String address) {
        EntityPath path = allowed(address);
        Hub hub = hub(path);
        Optional<PartitionLog> partition = path.partition().map(id -> partition(hub, id));
        link.setMaxMessageSize(UnsignedLong.valueOf(PublisherLink.MAX_MESSAGE_SIZE));
        return new PublisherLink(peer, link, path, hub, partition);
    }

    private LinkEnd subscription(Sender link, String address) {
        EntityPath path = allowed(address);
        Hub hub = hub(path);
        String group = path.group().orElseThrow(() -> notFound(address));
        if (!hub.hasGroup(group)) {
            throw Refusal.notFound(namespace.host() + ":eventhub:" + hub.name() + "~1023|" + group);
        }
        PartitionLog log = partition(hub, path.partition().orElseThrow(() -> notFound(address)));
        ReceiverWish wish = ReceiverWish.of(link);
        SubscriptionLink subscription = new SubscriptionLink(peer, link, path, log, hub.readers(group, log), wish);
        subscription.begin();
        link.setMaxMessageSize(UnsignedLong.valueOf(PublisherLink.MAX_MESSAGE_SIZE));
        if (wish.wantsMetrics()) {
            link.setOfferedCapabilities(new Symbol[] {ReceiverWish.RUNTIME_METRIC});
        }
        return subscription;
    }

    private EntityPath allowed(String address) {
        EntityPath path = EntityPath.parse(address).orElseThrow(() -> notFound(address));
        if (!allows(path)) {
            throw Refusal.unauthorized(namespace.uri(address));
        }
        return path;
    }

    private Hub hub(EntityPath path) {
        return namespace.find(path.hub()).orElseThrow(() -> notFound(path.hub()));
    }

    private static PartitionLog partition(Hub hub, String id) {
        return hub.partition(id)
                .orElseThrow(() -> Refusal.noSuchPartition(hub.partitions().size()));
    }

    private Refusal notFound(String path) {
        return Refusal.notFound(namespace.uri(path));
    }

    private static String address(Link link) {
        String address = null;
        if (link instanceof Receiver && link.getRemoteTarget() instanceof Target target) {
            address = target.getAddress();
        } else if (link instanceof Sender && link.getRemoteSource() instanceof Source source) {
            address = source.getAddress();
        }
        return address == null ? "" : EntityPath.ofUri(address);
    }
}
