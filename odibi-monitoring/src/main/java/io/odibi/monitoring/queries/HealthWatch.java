package io.odibi.monitoring.queries;

import io.odibi.core.plan.NodeId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says once when a query becomes unhealthy, and once when it is well again. Looks on a thread of its own; owned by whoever opens it. */
public final class HealthWatch implements AutoCloseable {

    private static final Duration OFTEN = Duration.ofSeconds(5);

    private final QueryRegistry registry;
    private final Clock clock;
    private final Consumer<String> notices;
    private final Set<NodeId> unhealthy = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "odibi-health");
        thread.setDaemon(true);
        return thread;
    });

    HealthWatch(QueryRegistry registry, Clock clock, Consumer<String> notices) {
        this.registry = registry;
        this.clock = clock;
        this.notices = notices;
    }

    /**
     * Begins to watch.
     *
     * @param registry the queries
     * @param clock the time
     * @param notices is told in a line
     */
    public static HealthWatch open(QueryRegistry registry, Clock clock, Consumer<String> notices) {
        HealthWatch watch = new HealthWatch(registry, clock, notices);
        var unused =
                watch.timer.scheduleAtFixedRate(watch::look, OFTEN.toMillis(), OFTEN.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Looks at every query once. */
    void look() {
        for (QueryStatus query : registry.list()) {
            if (query.isUnhealthy(clock.instant())) {
                if (unhealthy.add(query.node())) {
                    notices.accept(query.node() + " is unhealthy: no sign of it since "
                            + query.lastAt().orElse(query.since()));
                }
            } else if (unhealthy.remove(query.node()) && query.state() == QueryState.RUNNING) {
                notices.accept(query.node() + " is well again");
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
