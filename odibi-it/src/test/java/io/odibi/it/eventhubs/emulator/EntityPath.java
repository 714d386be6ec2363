package io.odibi.it.eventhubs.emulator;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a link: a hub, one of its partitions, or a partition as a consumer group sees it.
 *
 * @param text the whole address
 * @param hub name of the hub
 * @param group consumer group, only for receivers
 * @param partition id of the partition, empty for a sender that leaves the choice to the service
 */
record EntityPath(String text, String hub, Optional<String> group, Optional<String> partition) {

    private static final Pattern SHAPE = Pattern.compile(
            "(?<hub>[^/]+)(/ConsumerGroups/(?<group>[^/]+))?(/Partitions/(?<partition>[^/]+))?",
            Pattern.CASE_INSENSITIVE);

    /** The parts of an address, empty if no entity of the service has such a one. */
    static Optional<EntityPath> parse(String address) {
        Matcher matcher = SHAPE.matcher(address);
        return matcher.matches()
                ? Optional.of(new EntityPath(
                        address,
                        matcher.group("hub"),
                        Optional.ofNullable(matcher.group("group")),
                        Optional.ofNullable(matcher.group("partition"))))
                : Optional.empty();
    }

    /** The path in a URI, without slashes around it. */
    static String ofUri(String uri) {
        return uri.replaceFirst("^[a-zA-Z]+://[^/]*", "").replaceAll("^/+|/+$", "");
    }
}
