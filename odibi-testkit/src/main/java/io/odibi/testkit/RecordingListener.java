package io.odibi.testkit;

import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a run tells. Safe for use by several threads. */
public final class RecordingListener implements RunListener {

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    /** Makes a listener that has heard nothing. */
    public RecordingListener() {}

    @Override
    public void on(RunEvent event) {
        events.add(event);
    }

    /** All events, in the order told. */
    public List<RunEvent> events() {
        return List.copyOf(events);
    }

    /** The events of a kind, in the order told. */
    public <E extends RunEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
