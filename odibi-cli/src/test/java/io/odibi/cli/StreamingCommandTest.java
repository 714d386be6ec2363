package io.odibi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two command lines: one runs streams, the other asks about them over the control channel. */
@Timeout(60)
class StreamingCommandTest {

    private static final String STREAMS = """
            - name: orders
              streaming: {enabled: true, trigger: 10 seconds}
              read: {format: stream}
              write: {connection: lake, format: table, table: t}
            - name: orders_eu
              streaming: {enabled: true, trigger: 10 seconds}
              read: {format: stream}
              write: {connection: lake, format: table, table: u}
            """;

    @TempDir
    Path folder;

    private Session runs;
    private Session asks;
    private CompletableFuture<Integer> code;

    @BeforeEach
    void begin() throws Exception {
        runs = new Session(folder);
        asks = new Session(folder);
        Path project = runs.project(STREAMS);
        code = CompletableFuture.supplyAsync(
                () -> runs.odibi("run", project, "--http", "0"), task -> new Thread(task).start());
        await().until(() -> {
            Session looks = new Session(folder);
            looks.odibi("streaming", "list");
            return looks.out().split("running", -1).length == 3;
        });
    }

    @AfterEach
    void end() throws Exception {
        if (!code.isDone()) {
            runs.interruption.signal();
        }
        code.get(20, TimeUnit.SECONDS);
    }

    @Test
    void listsWhatStreams() {
        assertThat(asks.odibi("streaming", "list")).isZero();

        assertThat(asks.out()
                        .lines()
                        .map(line -> line.replaceAll("\\d{2,}", "N").replaceAll(" +", " ")))
                .containsExactly(
                        "query state for rows/s lag behind batch project pid id",
                        "p.orders running 0 s - N - 1.2 s test N query-1",
                        "p.orders_eu running 0 s - N - 1.2 s test N query-1");
        assertThat(asks.err()).isEmpty();
    }

    @Test
    void tellsAllOfOneQuery() {
        assertThat(asks.odibi("streaming", "status", "p.orders")).isZero();

        assertThat(asks.out())
                .startsWith("p.orders  running for 0 s\n  id          query-1\n")
                .contains("  trigger     every 10 seconds\n")
                .contains("  last batch  3, 0 s ago: 1,200 rows in 1.2 s, 12% of the trigger\n")
                .contains("  rows in     1,200\n")
                .contains("  lag         300 records\n")
                .contains("  restarts    0\n");
    }

    @Test
    void writesJson() throws Exception {
        assertThat(asks.odibi("streaming", "list", "--format", "json")).isZero();

        JsonNode query = new ObjectMapper().readTree(asks.out()).get("queries").get(0);
        assertThat(query.get("query").asText()).isEqualTo("p.orders");
        assertThat(query.get("state").asText()).isEqualTo("running");
        assertThat(query.get("lag_records").asLong()).isEqualTo(300);
        assertThat(query.get("watermark").isNull()).isTrue();
        assertThat(query.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void stopsOneAndWaitsForTheOther() throws Exception {
        assertThat(asks.odibi("streaming", "stop", "p.orders_")).isZero();
        assertThat(asks.out()).isEqualTo("p.orders_eu stopped\n");
        assertThat(asks.odibi("streaming", "await", "p.orders_eu")).isZero();
        assertThat(asks.odibi("streaming", "await", "p.orders", "--timeout", "100ms"))
                .isEqualTo(1);
        assertThat(code).isNotDone();

        assertThat(asks.odibi("streaming", "stop", "p.orders", "--now")).isZero();

        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(runs.out()).containsPattern("p.orders +stopped").containsPattern("p.orders_eu +stopped");
        assertThat(asks.odibi("streaming", "list")).isZero();
        assertThat(asks.out()).endsWith("no streaming query runs\n");
    }

    @Test
    void saysWhoIsMeantAndWhoIsNotThere() {
        assertThat(asks.odibi("streaming", "status", "p.ord")).isEqualTo(3);
        assertThat(asks.err()).contains("error: 'p.ord' may be p.orders (query-1) or p.orders_eu (query-1)\n");

        assertThat(asks.odibi("streaming", "stop", "nothing")).isEqualTo(1);
        assertThat(asks.err()).contains("error: no streaming query 'nothing'; 'odibi streaming list' shows all\n");
    }

    @Test
    void refusesWhatIsNoTimeAndNoAddress() {
        assertThat(asks.odibi("streaming", "stop", "p.orders", "--timeout", "soon"))
                .isEqualTo(3);
        assertThat(asks.odibi("streaming", "list", "--url", "http://localhost:1"))
                .isEqualTo(3);
        assertThat(asks.err()).contains("'soon' is no time").contains("'--url' needs the run's token");
        assertThat(asks.odibi("run", "x.yaml", "--http", "0.0.0.0:80")).isEqualTo(3);
        assertThat(asks.err()).contains("'--http' cannot be '0.0.0.0:80'");
    }

    @Test
    void asksOverHttpWithTheTokenOfTheRun(@TempDir Path elsewhere) throws Exception {
        Matcher told = Pattern.compile("control channel at (\\S+), its token in (\\S+)\n")
                .matcher(runs.err());
        assertThat(told.find()).as(runs.err()).isTrue();
        Session far = new Session(elsewhere);

        far.environment.put("ODIBI_HTTP_TOKEN", "0123456789abcdef");
        assertThat(far.odibi("streaming", "list", "--url", told.group(1))).isEqualTo(1);
        assertThat(far.err()).isEqualTo("error: cannot ask " + told.group(1) + ": the token is wrong\n");

        far.environment.put("ODIBI_HTTP_TOKEN", Files.readString(folder.resolve(told.group(2))));
        assertThat(far.odibi("streaming", "list", "--url", told.group(1))).isZero();
        assertThat(far.out()).contains("p.orders_eu");
        assertThat(far.odibi("streaming", "stop", "p.orders_eu", "--url", told.group(1)))
                .isZero();
        assertThat(far.out()).endsWith("p.orders_eu stopped\n");
    }

    @Test
    void showsTheTableUntilItIsInterrupted() {
        CompletableFuture<Integer> top = CompletableFuture.supplyAsync(
                () -> asks.odibi("streaming", "top", "--interval", "100ms"), task -> new Thread(task).start());
        await().until(() -> asks.out().split("p.orders_eu", -1).length > 3);
        asks.interruption.signal();

        assertThat(top.join()).isZero();
    }
}
