package io.odibi.monitoring.queries;

import static io.odibi.monitoring.queries.Events.ORDERS;
import static io.odibi.monitoring.queries.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthWatchTest {

    private static final Clock LATE = Clock.fixed(START.plus(Duration.ofMinutes(2)), ZoneOffset.UTC);

    private final LiveQueries queries =
            new LiveQueries(Events.plan(ORDERS), (query, grace) -> true, (query, grace) -> true, LATE);
    private final List<String> told = new ArrayList<>();

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
