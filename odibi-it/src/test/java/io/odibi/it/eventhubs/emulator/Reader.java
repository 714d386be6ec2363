package io.odibi.it.eventhubs.emulator;

import java.util.OptionalLong;

/** A receiver of one partition, as the rules about epochs see it. */
interface Reader {

    /** The name that it gave itself, {@code nil} if none. */
    String name();

    /** Its epoch, empty if it is one of several readers with equal rights. */
    OptionalLong epoch();

    /** Ends it, soon and on another thread. */
    void disconnect(Refusal why);

    /** Its epoch for messages. */
    default String epochText() {
        return epoch().isPresent() ? Long.toString(epoch().getAsLong()) : "nil";
    }
}
