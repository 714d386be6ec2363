package io.odibi.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.execution.RunEvent.RestartPlanned;
import io.odibi.it.e2e.BackgroundRun;
import io.odibi.it.process.Distribution;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends what takes part in a transaction while it is open. It is held open by a row that the test has added and not committed: the
 * transaction has taken its row in the ledger by then, and waits at the row with the same key.
 */
@Timeout(240)
class KilledInATransactionIT {

    private static final String WAITING = "SELECT pid FROM pg_stat_activity WHERE application_name = 'odibi' AND"
            + " wait_event_type = 'Lock' ORDER BY backend_start";

    @TempDir
    Path folder;

    private PostgresServer postgres;

    @BeforeEach
    void start() throws Exception {
        postgres = PostgresServer.in(Files.createDirectory(folder.resolve("postgres")));
        for (String table : List.of("added", "merged")) {
            postgres.execute("CREATE TABLE " + table + " (id BIGINT PRIMARY KEY, name TEXT)");
        }
        Files.createDirectory(folder.resolve("in"));
        Files.createDirectory(folder.resolve("odibi"));
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void losesAndRepeatsNothingWhenTheProcessIsKilled() throws Exception {
        Files.createDirectory(folder.resolve("events"));
        Path project = project(
                stream("added", "mode: append") + stream("merged", "mode: upsert, keys: [id]") + """
                      - name: read
                        read: {connection: shop, format: postgres, query: SELECT 1 AS one}
                        write: {connection: lake, format: json, path: read}
                """,
                ", spark.eventLog.enabled: true, spark.eventLog.dir: \"%s\"".formatted(folder.resolve("events")));
        try (Distribution odibi =
                Distribution.in(folder.resolve("odibi")).with("PG_PASSWORD", PostgresServer.PASSWORD)) {
            Process first = odibi.start("first", "run", project.toString(), "--master", "local[4]");
            file(0, 0, 10);
            until(first, () -> count("added") == 10 && count("merged") == 10);

            List<String> orphans;
            Process second;
            try (Connection holder = holding(19, "added", "merged")) {
                file(1, 10, 20);
                until(first, () -> postgres.query(WAITING).size() == 2);
                orphans = postgres.query(WAITING);
                assertThat(postgres.query("SELECT DISTINCT pid FROM pg_locks WHERE relation = 'odibi_batches'::regclass"
                                + " AND mode = 'RowExclusiveLock' AND granted"))
                        .as("transactions that have taken their row in the ledger")
                        .containsExactlyInAnyOrderElementsOf(orphans);
                first.destroyForcibly().waitFor();

                // The database does not know yet that nobody is there any more: the next process waits for the same
                // rows.
                second = odibi.start("second", "run", project.toString(), "--master", "local[4]");
                Process next = second;
                until(next, () -> postgres.query(WAITING).size() == 4);
                assertThat(postgres.query(
                                "SELECT DISTINCT unnest(pg_blocking_pids(pid)) FROM pg_stat_activity WHERE pid IN ("
                                        + String.join(
                                                ", ", postgres.query(WAITING).subList(2, 4)) + ")"))
                        .as("whom the second process waits for")
                        .containsExactlyInAnyOrderElementsOf(orphans);
                holder.rollback();
            }
            until(second, () -> count("added") == 20 && count("merged") == 20);
            file(2, 20, 25);
            until(second, () -> count("added") == 25 && count("merged") == 25);
            second.destroy();
            assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).as(odibi.log("second")).isEqualTo(130);
            assertThat(odibi.log("second")).doesNotContain("ERROR", "WARN");
        }
        assertOnce(25);
        assertThat(postgres.query("SELECT batch, count(*) FROM odibi_batches GROUP BY 1 ORDER BY 1"))
                .containsExactly("0|2", "1|2", "2|2");
        assertThat(filesWith("JDBCRelation"))
                .as("files of Spark's events")
                .anyMatch(file -> file.startsWith(folder.resolve("events")));
        assertThat(filesWith(PostgresServer.PASSWORD)).isEmpty();
    }

    @Test
    void losesAndRepeatsNothingWhenTheDatabaseIsKilled() throws Exception {
        Path project = project(stream("added", "mode: append") + stream("merged", "mode: upsert, keys: [id]"), "");
        try (BackgroundRun run = BackgroundRun.start(project, Map.of("PG_PASSWORD", PostgresServer.PASSWORD))) {
            file(0, 0, 10);
            until(run, () -> count("added") == 10 && count("merged") == 10);

            try (Connection holder = holding(19, "added")) {
                file(1, 10, 20);
                until(run, () -> !postgres.query(WAITING).isEmpty());
                postgres.execute("SELECT pg_terminate_backend(pid) FROM (" + WAITING + ") w");
                until(run, () -> restarts(run).size() == 1);
                holder.rollback();
            }
            until(run, () -> count("added") == 20 && count("merged") == 20);

            try (Connection holder = holding(29, "added", "merged")) {
                file(2, 20, 30);
                until(run, () -> postgres.query(WAITING).size() == 2);
                assertThat(holder.isValid(5)).isTrue();
                postgres.kill();
                until(run, () -> restarts(run).size() >= 4);
                postgres.start();
            }
            until(run, () -> count("added") == 30 && count("merged") == 30);
            run.drain();

            assertThat(restarts(run)).allSatisfy(restart -> {
                assertThat(restart.failure().nature()).as(restart.toString()).isEqualTo(Nature.PASSING);
                assertThat(restart.failure().message())
                        .contains("the database at jdbc:postgresql://127.0.0.1:" + postgres.port())
                        .doesNotContain(PostgresServer.PASSWORD);
            });
            assertThat(restarts(run).get(0).failure().message())
                    .contains("has given up: FATAL: terminating connection due to administrator command");
        }
        assertOnce(30);
    }

    /** Adds a row that the next transactions want to add, too, and does not commit. */
    private Connection holding(int id, String... tables) throws Exception {
        Connection connection = postgres.connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String table : tables) {
                statement.execute("INSERT INTO " + table + " VALUES (" + id + ", 'held')");
            }
        }
        return connection;
    }

    private void assertOnce(int rows) throws Exception {
        List<String> all =
                IntStream.range(0, rows).mapToObj(id -> id + "|n" + id).toList();
        for (String table : List.of("added", "merged")) {
            assertThat(postgres.query("SELECT id, name FROM " + table + " ORDER BY id"))
                    .as(table)
                    .isEqualTo(all);
        }
    }

    private static List<RestartPlanned> restarts(BackgroundRun run) {
        return run.events().stream()
                .filter(RestartPlanned.class::isInstance)
                .map(RestartPlanned.class::cast)
                .toList();
    }

    private int count(String table) throws Exception {
        return Integer.parseInt(postgres.query("SELECT count(*) FROM " + table).get(0));
    }

    private void until(Process run, Callable<Boolean> come) {
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            assertThat(run.isAlive()).as(() -> "the run ended: " + logs()).isTrue();
            return come.call();
        });
    }

    private static void until(BackgroundRun run, Callable<Boolean> come) {
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            assertThat(run.hasEnded()).as(() -> run.events().toString()).isFalse();
            return come.call();
        });
    }

    private String logs() {
        try (Stream<Path> logs = Files.list(folder.resolve("odibi"))) {
            StringBuilder all = new StringBuilder();
            for (Path log : (Iterable<Path>) logs.filter(Files::isRegularFile)::iterator) {
                all.append(Files.readString(log));
            }
            return all.toString();
        } catch (Exception unreadable) {
            return unreadable.toString();
        }
    }

    private List<Path> filesWith(String text) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.startsWith(folder.resolve("postgres")))
                    .filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(text))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (Exception gone) {
            return "";
        }
    }

    private void file(int number, int from, int below) throws Exception {
        Path hidden = folder.resolve("next.json");
        Files.write(
                hidden,
                IntStream.range(from, below)
                        .mapToObj(id -> "{\"id\": %d, \"name\": \"n%d\"}".formatted(id, id))
                        .toList());
        Files.move(hidden, folder.resolve("in").resolve(number + ".json"));
    }

    private static String stream(String table, String write) {
        return """
                      - name: %s
                        streaming: {trigger: 1 second, restart: {max_attempts: 100, backoff: 500 milliseconds, max_backoff: 1 second}}
                        read: {connection: lake, format: json, path: in, schema: "id BIGINT, name STRING"}
                        write: {connection: shop, format: postgres, table: %s, %s}
                """.formatted(table, table, write);
    }

    private Path project(String nodes, String spark) throws Exception {
        return Files.writeString(folder.resolve("project.yaml"), """
                project: killed
                spark: {spark.sql.shuffle.partitions: 1%s}
                connections:
                  lake: {type: local, base_path: %s}
                  shop: {type: postgres, host: 127.0.0.1, port: %d, database: postgres, username: odibi, password: "${PG_PASSWORD}"}
                pipelines:
                  - pipeline: p
                    nodes:
                """.formatted(spark, folder, postgres.port()) + nodes);
    }
}
