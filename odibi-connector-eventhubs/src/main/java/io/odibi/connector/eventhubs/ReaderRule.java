package io.odibi.connector.eventhubs;

import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.Trigger.ProcessingTime;
import io.odibi.core.plan.InputPlan;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.port.CheckContext;
import io.odibi.core.port.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Streams that the service would disturb over AMQP: two that read one hub with one consumer group take each other's receivers away, and
 * one that asks without a pause soon gets no answers, since the service counts what is asked of it.
 */
final class ReaderRule implements Rule {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    @Override
    public void check(CheckContext context) {
        Map<String, Reader> first = new LinkedHashMap<>();
        for (NodePlan node : context.plan().nodes()) {
            if (context.isBroken(node.id()) || node.write().isEmpty()) {
                continue;
            }
            for (ReadPlan read : reads(node, context)) {
                refuseHaste(node, read, context);
                Reader reader = new Reader(node, read);
                Reader earlier = first.putIfAbsent(reader.group(), reader);
                if (earlier != null && earlier.disturbs(reader)) {
                    refuseSharing(earlier, reader, context);
                }
            }
        }
    }

    /** Reads over AMQP that a query makes: its own, and those of the streams that it builds on, which it reads itself. */
    private static List<ReadPlan> reads(NodePlan node, CheckContext context) {
        List<InputPlan> inputs = new ArrayList<>(node.inputs().values());
        node.primary().filter(input -> !inputs.contains(input)).ifPresent(inputs::add);
        List<ReadPlan> reads = new ArrayList<>();
        for (InputPlan input : inputs) {
            if (input instanceof InputPlan.FromRead from && isAmqp(from.read())) {
                reads.add(from.read());
            } else if (input instanceof InputPlan.FromNode from) {
                // What a batch node has written is read from there; what it only defines is read by those that build on
                // it.
                Optional<NodePlan> up = context.plan()
                        .find(from.node())
                        .filter(found -> found.processing() == node.processing()
                                || found.write().isEmpty());
                up.ifPresent(found -> reads.addAll(reads(found, context)));
            }
        }
        return reads;
    }

    private static boolean isAmqp(ReadPlan read) {
        return read.scan() instanceof FormatScan scan && scan.format().equals(EventHubsPlugin.NAME);
    }

    private static void refuseHaste(NodePlan node, ReadPlan read, CheckContext context) {
        node.streaming()
                .filter(streaming -> read.processing() == Processing.STREAMING
                        && streaming.trigger() instanceof ProcessingTime every
                        && every.interval().compareTo(SHORTEST) < 0)
                .ifPresent(streaming -> context.report(
                        node.id(),
                        Finding.of(
                                        FindingCode.PLAN_SOURCE_MODE,
                                        streaming.at(),
                                        "node '" + node.id().node()
                                                + "' reads Event Hubs more often than once a second")
                                .why(
                                        "each time it asks for every partition's end, and the service bounds how often it may")
                                .fix("write 'trigger: 10 seconds', or 1 second at least")));
    }

    private static void refuseSharing(Reader earlier, Reader later, CheckContext context) {
        String other = earlier.node().id().node();
        context.report(
                later.node().id(),
                Finding.of(
                                FindingCode.PLAN_SOURCE_MODE,
                                later.read().at(),
                                (other.equals(later.node().id().node())
                                                ? "'" + other + "' reads one hub twice"
                                                : "'" + later.node().id().node() + "' and '" + other + "' read one hub")
                                        + " with consumer group '"
                                        + later.option(EventHubsSource.GROUP_OPTION)
                                        + "'")
                        .why("each would take the other's receivers away; the other read is at "
                                + earlier.read().at())
                        .fix("give one of them a 'consumer_group' of its own"));
    }

    /**
     * A query that reads a hub.
     *
     * @param node its node
     * @param read what it reads
     */
    private record Reader(NodePlan node, ReadPlan read) {

        String group() {
            return read.scan().label() + " " + option(EventHubsSource.GROUP_OPTION);
        }

        /** Batch nodes run one after the other. */
        boolean disturbs(Reader other) {
            boolean isStream =
                    node.processing() == Processing.STREAMING || other.node.processing() == Processing.STREAMING;
            return isStream && (isExclusive() || other.isExclusive());
        }

        private boolean isExclusive() {
            return option("eventhubs.useExclusiveReceiver").equals("true");
        }

        private String option(String name) {
            return ((FormatScan) read.scan()).options().plain().getOrDefault(name, "");
        }
    }
}
