package io.odibi.it.eventhubs.emulator;

import io.odibi.it.eventhubs.emulator.SharedAccessKey.Verdict;
import org.apache.qpid.proton.message.Message;

/** The node {@code $management}, which tells of hubs and partitions to whoever shows a token with the question. */
final class ManagementNode implements RequestNode {

    static final String ADDRESS = "$management";

    private final Namespace namespace;

    ManagementNode(Namespace namespace) {
        this.namespace = namespace;
    }

    @Override
    public Answer answer(Message request) {
        String name = RequestNode.property(request, "name");
        Verdict verdict = namespace
                .key()
                .check(
                        RequestNode.property(request, "security_token"),
                        namespace.uri(name),
                        namespace.clock().instant());
        if (verdict != Verdict.GOOD) {
            return Answer.of(verdict.status(), verdict.text());
        }
        if (!RequestNode.property(request, "operation").equals("READ")) {
            return Answer.of(400, "The operation is not supported.");
        }
        return namespace
                .find(name)
                .map(hub -> answer(hub, request))
                .orElseGet(() -> Answer.of(404, Refusal.notFoundText(namespace.uri(name))));
    }

    private static Answer answer(Hub hub, Message request) {
        return switch (RequestNode.property(request, "type")) {
            case "com.microsoft:eventhub" -> new Answer(200, "OK", hub.answer());
            case "com.microsoft:partition" -> partition(hub, RequestNode.property(request, "partition"));
            default -> Answer.of(400, "The entity type is not supported.");
        };
    }

    private static Answer partition(Hub hub, String id) {
        return hub.partition(id)
                .map(found -> new Answer(200, "OK", found.state().answer(hub.name(), id)))
                .orElseGet(() -> Answer.of(
                        400, Refusal.noSuchPartitionText(hub.partitions().size())));
    }
}
