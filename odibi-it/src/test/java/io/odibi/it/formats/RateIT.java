package io.odibi.it.formats;

import static io.odibi.it.matrix.Use.READ_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.it.e2e.BackgroundRun;
import io.odibi.it.matrix.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that are made up to try a stream out. */
@Timeout(120)
class RateIT {

    @RegisterExtension
    static final Lake LAKE = new Lake();

    @Test
    @Proves(format = "rate", use = READ_STREAM)
    void makesNumberedRowsAtTheRateThatIsAskedForAndRisesToIt() throws Exception {
        try (BackgroundRun run = LAKE.start(
                node("steady", "rowsPerSecond: 50, numPartitions: 1"),
                node("rising", "rowsPerSecond: 50, numPartitions: 1, rampUpTime: 4 seconds"))) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.hasEnded() || (count("steady") >= 100 && count("rising") >= 30));
            assertThat(run.drain().nodes())
                    .allSatisfy(node -> assertThat(node.failure()).isEmpty());
        }
        assertThat(count("steady") % 50).as("rows beyond whole seconds").isZero();
        // 10 rows in the first second, 20 more in the next, until there are 50 a second.
        assertThat(count("rising"))
                .matches(rows -> List.of(30L, 60L, 100L).contains(rows) || (rows > 100 && rows % 50 == 0));
        assertThat(LAKE.rows(
                        "SELECT max(value) + 1 = count(*), count(DISTINCT value) = count(*) FROM json.`{lake}/steady`"))
                .as("numbers without a gap, each once")
                .containsExactly("[true,true]");
    }

    /** As text, whose column is known: from files of JSON without a row, which a rate begins with, none can be found. */
    private static long count(String name) throws Exception {
        return LAKE.list(name).isEmpty()
                ? 0
                : Long.parseLong(LAKE.rows("SELECT count(*) FROM text.`{lake}/" + name + "`")
                        .get(0)
                        .replaceAll("\\D", ""));
    }

    private static String node(String name, String options) {
        return """
                - name: %1$s
                  streaming: {trigger: 1 second}
                  read: {format: rate, options: {%2$s}}
                  write: {connection: lake, format: json, path: %1$s}
                """.formatted(name, options);
    }
}
