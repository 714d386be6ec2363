package io.odibi.it.eventhubs.emulator;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.engine.Sender;

/**
 * What a client asks for as it opens a receiver.
 *
 * @param name that it gives itself, {@code nil} if none
 * @param epoch that it claims
 * @param position where it begins
 * @param wantsMetrics whether each event shall tell what the partition holds
 */
record ReceiverWish(String name, OptionalLong epoch, StartPosition position, boolean wantsMetrics) {

    static final Symbol RUNTIME_METRIC = Symbol.valueOf("com.microsoft:enable-receiver-runtime-metric");

    private static final Symbol SELECTOR = Symbol.valueOf("apache.org:selector-filter:string");
    private static final Symbol EPOCH = Symbol.valueOf("com.microsoft:epoch");
    private static final Symbol NAME = Symbol.valueOf("com.microsoft:receiver-name");

    /**
     * What the attach of a receiver says.
     *
     * @throws Refusal if its selector is not understood
     */
    static ReceiverWish of(Sender link) {
        Map<Symbol, Object> properties = link.getRemoteProperties() == null ? Map.of() : link.getRemoteProperties();
        Symbol[] wanted = link.getRemoteDesiredCapabilities();
        return new ReceiverWish(
                properties.getOrDefault(NAME, "nil").toString(),
                properties.get(EPOCH) instanceof Number epoch
                        ? OptionalLong.of(epoch.longValue())
                        : OptionalLong.empty(),
                position((Source) link.getRemoteSource()),
                wanted != null && Arrays.asList(wanted).contains(RUNTIME_METRIC));
    }

    private static StartPosition position(Source source) {
        Map<?, ?> filters = source.getFilter() == null ? Map.of() : source.getFilter();
        return filters.get(SELECTOR) instanceof DescribedType selector
                ? StartPosition.parse(selector.getDescribed().toString())
                : StartPosition.end();
    }
}
