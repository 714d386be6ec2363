package io.odibi.connector.eventhubs;

import static io.odibi.connector.eventhubs.EventHubsRead.END;
import static io.odibi.connector.eventhubs.EventHubsRead.ENDS;
import static io.odibi.connector.eventhubs.EventHubsRead.START;
import static io.odibi.connector.eventhubs.EventHubsRead.STARTS;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** From where to where a batch reads, as far as the settings tell; the library dies of a read that begins after its end. */
final class BatchBounds {

    private final Settings written;

    private BatchBounds(Settings written) {
        this.written = written;
    }

    static BatchBounds of(Settings written) {
        return new BatchBounds(written);
    }

    /** Tells of bounds between which nothing can lie. */
    void check(Findings findings) {
        refuse(START, STARTS, StreamPosition.Edge.LATEST, "latest", findings);
        refuse(END, ENDS, StreamPosition.Edge.EARLIEST, "earliest", findings);
        Position at = written.at(written.located(END).isPresent() ? END : ENDS);
        boolean isReversed = isReversed(written.find(START), written.find(END));
        TreeSet<String> single =
                new TreeSet<>(written.find(STARTS).map(Map::keySet).orElse(Set.of()));
        single.addAll(written.find(ENDS).map(Map::keySet).orElse(Set.of()));
        Optional<String> partition = single.stream()
                .filter(id -> isReversed(
                        of(id, STARTS).or(() -> written.find(START)),
                        of(id, ENDS).or(() -> written.find(END))))
                .findFirst();
        if (isReversed || partition.isPresent()) {
            String where = isReversed ? "" : " in partition " + partition.orElseThrow();
            findings.add(Finding.of(FindingCode.CONFIG_CONFLICT, at, "the read ends before it begins" + where)
                    .fix("end at or after the start"));
        }
    }

    private Optional<StreamPosition> of(String partition, Setting<Map<String, StreamPosition>> setting) {
        return written.find(setting).map(named -> named.get(partition));
    }

    private void refuse(
            Setting<StreamPosition> setting,
            Setting<Map<String, StreamPosition>> single,
            StreamPosition refused,
            String word,
            Findings findings) {
        written.located(setting)
                .filter(position -> position.value().equals(refused))
                .map(Located::at)
                .ifPresent(at -> findings.add(nothing(setting, word, at)));
        written.located(single)
                .filter(positions -> positions.value().containsValue(refused))
                .map(Located::at)
                .ifPresent(at -> findings.add(nothing(single, word, at)));
    }

    private static Finding nothing(Setting<?> setting, String word, Position at) {
        return Finding.of(FindingCode.CONFIG_VALUE, at, "'" + setting + "' cannot be " + word + " in batch")
                .why("nothing would be read")
                .allow((word.equals("latest") ? "earliest" : "latest") + ", a sequence number, or a time");
    }

    private static boolean isReversed(Optional<StreamPosition> start, Optional<StreamPosition> end) {
        return start.isPresent() && end.isPresent() && end.get().isBefore(start.get());
    }
}
