package io.odibi.it.eventhubs.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who reads one partition for one consumer group. Any thread may use it. */
final class Readers {

    private static final int WITHOUT_EPOCH = 5;

    private final List<Reader> present = new ArrayList<>();

    /**
     * Lets a reader in; one with an epoch disconnects all others.
     *
     * @throws Refusal if a reader with a higher epoch is there, or for a reader without epoch any with one
     */
    synchronized void admit(Reader newcomer) {
        Optional<Reader> holder =
                present.stream().filter(reader -> reader.epoch().isPresent()).findFirst();
        if (newcomer.epoch().isEmpty()) {
            holder.ifPresent(reader -> {
                throw Refusal.noEpoch(reader);
            });
            if (present.size() >= WITHOUT_EPOCH) {
                throw Refusal.tooManyReaders(WITHOUT_EPOCH);
            }
        } else {
            holder.filter(reader ->
                            reader.epoch().getAsLong() > newcomer.epoch().getAsLong())
                    .ifPresent(reader -> {
                        throw Refusal.lowerEpoch(newcomer, reader);
                    });
            present.forEach(reader -> reader.disconnect(Refusal.stolen(newcomer, reader)));
            present.clear();
        }
        present.add(newcomer);
    }

    /** Lets a reader go; it may have gone already. */
    synchronized void leave(Reader reader) {
        present.remove(reader);
    }

    synchronized int size() {
        return present.size();
    }
}
