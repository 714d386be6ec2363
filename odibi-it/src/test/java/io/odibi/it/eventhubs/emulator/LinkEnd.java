package io.odibi.it.eventhubs.emulator;

/** Our end of a link. Called under the lock of its connection. */
interface LinkEnd {

    /** The client gave credit, or there may be more to send. */
    default void proceed() {}

    /** The client sent something, perhaps not all of it yet. */
    default void receive() {}

    /** The link is gone, whoever closed it. */
    default void ended() {}

    /** Whether the client is still allowed to have it. */
    default boolean isAllowed() {
        return true;
    }

    /** Whether it leads to a hub, and not to a node of the service. */
    default boolean isToHub() {
        return false;
    }
}
