package io.odibi.cli.demo;

/** Where {@link EarthquakeFeed} puts events; one thread sends. */
interface EventSink extends AutoCloseable {
    /** Takes one event, waiting while too many are on their way; tells the delivery once, on any thread. */
    void send(String key, String value, Delivery delivery);

    /** Returns when every event that was sent before has been told its outcome. */
    void flush();

    /** Gives up what is not delivered within a few seconds; callable from any thread. */
    @Override
    void close();

    /** Learns what became of one event. */
    interface Delivery {
        void acknowledged();

        void failed(Exception reason);
    }
}
