package io.odibi.it.eventhubs.emulator;

import io.odibi.it.eventhubs.emulator.SharedAccessKey.Verdict;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.message.Message;

/** The node {@code $cbs} of one connection, where its client shows the tokens for what it wants to open. */
final class CbsNode implements RequestNode {

    static final String ADDRESS = "$cbs";

    private static final String SAS_TOKEN = "servicebus.windows.net:sastoken";

    private final Namespace namespace;
    private final Authorizations authorizations;

    CbsNode(Namespace namespace, Authorizations authorizations) {
        this.namespace = namespace;
        this.authorizations = authorizations;
    }

    @Override
    public Answer answer(Message request) {
        if (!RequestNode.property(request, "operation").equals("put-token")) {
            return Answer.of(400, "The operation is not supported.");
        }
        String audience = RequestNode.property(request, "name");
        if (!RequestNode.property(request, "type").equals(SAS_TOKEN)
                || !(request.getBody() instanceof AmqpValue body)
                || !(body.getValue() instanceof String token)) {
            return Answer.of(Verdict.MALFORMED.status(), Verdict.MALFORMED.text());
        }
        Verdict verdict =
                namespace.key().check(token, audience, namespace.clock().instant());
        if (verdict != Verdict.GOOD) {
            return Answer.of(verdict.status(), verdict.text());
        }
        String path = EntityPath.ofUri(audience);
        String hub = path.split("/", 2)[0];
        if (namespace.find(hub).isEmpty()) {
            return Answer.of(404, Refusal.notFoundText(namespace.uri(hub)));
        }
        authorizations.grant(audience, SharedAccessKey.expiry(token));
        return Answer.of(verdict.status(), verdict.text());
    }
}
