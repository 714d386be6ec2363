package io.odibi.monitoring.queries;

import static io.odibi.monitoring.queries.Events.ORDERS;
import static io.odibi.monitoring.queries.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthWatchTest {

    private static final Clock LATE = Clock.fixed(START.plus(Duration.ofMinutes(2)), ZoneOffset.UTC);

    /** Before anything could be late. */
    private static final Clock EARLY = Clock.fixed(START, ZoneOffset.UTC);

    private final LiveQueries queries =
            new LiveQueries(Events.plan(ORDERS), (query, grace) -> true, (query, grace) -> true, LATE);
    private final List<String> told = new ArrayList<>();

    @Test
    void saysOnceThatAWatermarkStandsStillAlthoughRowsCome() {
        try (HealthWatch watch = new HealthWatch(queries, EARLY, told::add)) {
            queries.on(Events.nodeStarted(ORDERS));
            queries.on(Events.queryStarted(ORDERS));
            commit(watch, 1, 10, START);
            commit(watch, 2, 0, START);
            commit(watch, 30, 10, START);
            assertThat(told).as("five minutes are not over").isEmpty();
            commit(watch, 31, 10, START);
            commit(watch, 32, 10, START);
            assertThat(queries.status(ORDERS).orElseThrow().watermarkStill()).contains(START.plusSeconds(10));
            commit(watch, 33, 10, START.plusSeconds(1));
            assertThat(queries.status(ORDERS).orElseThrow().watermarkStill()).isEmpty();
        }

        assertThat(told)
                .containsExactly("the watermark of shop.orders stands still since " + START.plusSeconds(10)
                        + " although rows come: one of its sources is silent, or their event times are all old");
    }

    @Test
    void saysNothingOfAWatermarkThatNothingCouldMove() {
        try (HealthWatch watch = new HealthWatch(queries, EARLY, told::add)) {
            queries.on(Events.nodeStarted(ORDERS));
            queries.on(Events.queryStarted(ORDERS));
            commit(watch, 1, 10, START);
            commit(watch, 100, 0, START);
        }

        assertThat(told).isEmpty();
    }

    private void commit(HealthWatch watch, long batch, long rows, Instant watermark) {
        queries.on(Events.committed(ORDERS, batch, rows, 0, 0, watermark));
        watch.look();
    }

    @Test
    void saysOnceThatAQueryIsUnhealthyAndOnceThatItIsWellAgain() {
        try (HealthWatch watch = new HealthWatch(queries, LATE, told::add)) {
            queries.on(Events.nodeStarted(ORDERS));
            queries.on(Events.queryStarted(ORDERS));
            watch.look();
            watch.look();
            queries.on(Events.idle(ORDERS, 110));
            watch.look();
            watch.look();
        }

        assertThat(told)
                .containsExactly(
                        "shop.orders is unhealthy: no sign of it since " + START.plusSeconds(1),
                        "shop.orders is well again");
    }
}
