package io.odibi.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.it.e2e.BackgroundRun;
import io.odibi.it.matrix.Proves;
import io.odibi.it.matrix.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads from and writes to a real PostgreSQL, in batch and as streams, which are replayed and compared. */
@Timeout(240)
class DatabaseIT {

    private static final String EVENTS = "id BIGINT, name STRING, at BIGINT";

    @TempDir
    static Path shared;

    private static PostgresServer postgres;

    @TempDir
    Path folder;

    private Path in;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.in(shared);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void clean() throws Exception {
        postgres.execute("DROP SCHEMA IF EXISTS shop CASCADE", "CREATE SCHEMA shop");
        in = Files.createDirectory(folder.resolve("in"));
    }

    @Test
    @Proves(format = "jdbc", use = Use.READ_BATCH)
    @Proves(format = "postgres", use = Use.READ_BATCH)
    @Proves(format = "sql", use = Use.READ_BATCH)
    void readsATableAQueryAndRangesAtOnce() throws Exception {
        postgres.execute(
                "CREATE TABLE shop.people AS SELECT i AS id, 'n' || i AS name FROM generate_series(1, 1000) i",
                "CREATE TABLE shop.\"Odd.Name\" AS SELECT 1 AS id");
        run("""
                      - name: whole
                        read: {connection: shop, format: postgres, table: people}
                        write: {connection: lake, format: json, path: whole}
                      - name: asked
                        read: {connection: any, format: sql, query: "SELECT count(*) AS rows, max(id) AS top FROM shop.people -- all of them;"}
                        write: {connection: lake, format: json, path: asked}
                      - name: ranges
                        read: {connection: any, format: jdbc, table: shop.people, partition_column: id, lower_bound: 1, upper_bound: 1000,
                               num_partitions: 4, fetch_size: 10, schema: "id INT, name STRING"}
                        write: {connection: lake, format: json, path: ranges}
                      - name: quoted
                        read: {connection: shop, format: jdbc, table: '"Odd.Name"'}
                        write: {connection: lake, format: json, path: quoted}
                """);

        assertThat(lines("whole")).hasSize(1000).contains("{\"id\":17,\"name\":\"n17\"}");
        assertThat(lines("asked")).containsExactly("{\"rows\":1000,\"top\":1000}");
        assertThat(lines("ranges")).hasSize(1000);
        assertThat(files("ranges")).as("files with rows, one for each range").hasSize(4);
        assertThat(lines("quoted")).containsExactly("{\"id\":1}");
    }

    @Test
    @Proves(
            format = "jdbc",
            use = {Use.APPEND_BATCH, Use.OVERWRITE_BATCH, Use.UPSERT_BATCH})
    @Proves(
            format = "postgres",
            use = {Use.APPEND_BATCH, Use.OVERWRITE_BATCH, Use.UPSERT_BATCH})
    void appendsOverwritesAndUpsertsInBatch() throws Exception {
        postgres.execute(
                "CREATE TABLE shop.merged (name TEXT, \"ID\" BIGINT UNIQUE, at BIGINT, note TEXT DEFAULT 'kept')");
        String nodes = batch("added", "jdbc", "mode: append")
                + batch("replaced", "postgres", "mode: overwrite")
                + batch("merged", "postgres", "mode: upsert, keys: [id], order_by: at, batch_size: 2")
                + batch("merged_too", "jdbc", "mode: upsert, keys: [id], order_by: at");
        file("a.json", row(1, "one", 1), row(2, "two", 1), row(2, "TWO", 2), row(3, "three", 1));
        run(nodes);
        Files.delete(in.resolve("a.json"));
        file("b.json", row(3, "THREE", 3), row(4, "four", 3));
        postgres.execute("UPDATE shop.merged SET note = 'mine'");
        assertThat(results(nodes))
                .extracting(result -> result.rows().out())
                .as("rows that are told")
                .containsOnly(OptionalLong.of(2));

        assertThat(postgres.query("SELECT id, name FROM shop.added ORDER BY id, name"))
                .containsExactly("1|one", "2|TWO", "2|two", "3|THREE", "3|three", "4|four");
        assertThat(postgres.query("SELECT id, name FROM shop.replaced ORDER BY id"))
                .containsExactly("3|THREE", "4|four");
        assertThat(postgres.query("SELECT \"ID\", name, at, note FROM shop.merged ORDER BY 1"))
                .containsExactly("1|one|1|mine", "2|TWO|2|mine", "3|THREE|3|mine", "4|four|3|kept");
        assertThat(postgres.query("SELECT count(*) FROM shop.odibi_batches WHERE query LIKE 'run/%'"))
                .containsExactly("8");
        assertThat(postgres.query("SELECT id, name FROM shop.merged_too ORDER BY 1"))
                .containsExactly("1|one", "2|TWO", "3|THREE", "4|four");
    }

    @Test
    void emptiesATableThatIsOverwrittenWithNothing() throws Exception {
        postgres.execute("CREATE TABLE shop.replaced AS SELECT 1::BIGINT AS id, 'x' AS name, 1::BIGINT AS at");

        run(batch("replaced", "postgres", "mode: overwrite"));

        assertThat(postgres.query("SELECT * FROM shop.replaced")).isEmpty();
    }

    @Test
    void keepsAllTypesBothWays() throws Exception {
        file("a.json", row(1, "x", 1));
        String values = "SELECT 'text: \\u00e4\\u20ac\\U0001F600' AS s, true AS b, CAST(-128 AS TINYINT) AS i1,"
                + " CAST(-32768 AS SMALLINT) AS i2, -2147483648 AS i4, -9223372036854775808L AS i8,"
                + " CAST(1.5 AS FLOAT) AS f4, CAST(0.1 AS DOUBLE) AS f8,"
                + " CAST('12345678901234567890.123456789' AS DECIMAL(38, 9)) AS d,"
                + " DATE '1582-10-15' AS day, TIMESTAMP '2024-03-31T01:30:00.123456Z' AS at,"
                + " TIMESTAMP_NTZ '2024-03-31T02:30:00.654321' AS local, X'00FF10' AS bytes FROM {input}";
        String nothing = "SELECT s, b, i1, i2, i4, i8, f4, f8, d, day, at, local, bytes FROM {input} UNION ALL SELECT"
                + " if(false, s, null), if(false, b, null), if(false, i1, null), if(false, i2, null), if(false, i4, null),"
                + " if(false, i8, null), if(false, f4, null), if(false, f8, null), if(false, d, null),"
                + " if(false, day, null), if(false, at, null), if(false, local, null), if(false, bytes, null) FROM {input}";
        run("""
                      - name: types
                        read: {connection: lake, format: json, path: in, schema: "%s"}
                        transform:
                          steps:
                            - "%s"
                            - "%s"
                        write: {connection: shop, format: postgres, table: types, mode: append}
                      - name: again
                        depends_on: [types]
                        read: {connection: shop, format: postgres, table: types, prefer_timestamp_ntz: true}
                        write: {connection: shop, format: postgres, table: again, mode: append}
                """.formatted(EVENTS, values.replace("\\", "\\\\"), nothing));

        assertThat(postgres.query("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema ="
                        + " 'shop' AND table_name = 'types' ORDER BY ordinal_position"))
                .containsExactly(
                        "s|text",
                        "b|boolean",
                        "i1|smallint",
                        "i2|smallint",
                        "i4|integer",
                        "i8|bigint",
                        "f4|real",
                        "f8|double precision",
                        "d|numeric",
                        "day|date",
                        "at|timestamp with time zone",
                        "local|timestamp without time zone",
                        "bytes|bytea");
        assertThat(postgres.query(
                        "SELECT s, b, i1, i2, i4, i8, f4, f8, d, day, at AT TIME ZONE 'UTC', local, bytes FROM"
                                + " shop.types ORDER BY s"))
                .containsExactly(
                        "text: \u00e4\u20ac\ud83d\ude00|t|-128|-32768|-2147483648|-9223372036854775808|1.5|0.1"
                                + "|12345678901234567890.123456789|1582-10-15|2024-03-31 01:30:00.123456"
                                + "|2024-03-31 02:30:00.654321|\\x00ff10",
                        "null" + "|null".repeat(12));
        assertThat(postgres.query(
                        "SELECT count(*) FROM (SELECT * FROM shop.types INTERSECT ALL SELECT * FROM shop.again) x"))
                .as("rows that came back as they were")
                .containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "jdbc"})
    @Proves(
            format = "postgres",
            use = {Use.APPEND_STREAM, Use.UPSERT_APPEND_STREAM})
    @Proves(
            format = "jdbc",
            use = {Use.APPEND_STREAM, Use.UPSERT_APPEND_STREAM})
    void writesNoMicroBatchTwice(String format) throws Exception {
        String nodes = stream("added", format, "append", "", "mode: append")
                + stream("merged", format, "append", "", "mode: upsert, keys: [id], order_by: at");
        file("a.json", row(1, "old", 1), row(1, "new", 2), row(2, "two", 1));
        run(nodes);
        file("b.json", row(2, "TWO", 2), row(3, "three", 2));
        run(nodes);
        List<String> added = postgres.query("SELECT id, name FROM shop.added ORDER BY id, name");
        List<String> merged = postgres.query("SELECT id, name FROM shop.merged ORDER BY id");
        List<String> ledger = postgres.query("SELECT query, batch, written_at FROM shop.odibi_batches ORDER BY 1, 2");
        assertThat(added).containsExactly("1|new", "1|old", "2|TWO", "2|two", "3|three");
        assertThat(merged).containsExactly("1|new", "2|TWO", "3|three");
        assertThat(ledger).hasSize(4);

        // As after a crash between the commit in the database and Spark's note of it: the micro-batch is taken again.
        postgres.execute("UPDATE shop.merged SET name = 'touched' WHERE id = 3");
        Files.delete(folder.resolve("state-added/commits/1"));
        Files.delete(folder.resolve("state-merged/commits/1"));
        run(nodes);

        assertThat(postgres.query("SELECT id, name FROM shop.added ORDER BY id, name"))
                .isEqualTo(added);
        assertThat(postgres.query("SELECT id, name FROM shop.merged ORDER BY id"))
                .containsExactly("1|new", "2|TWO", "3|touched");
        assertThat(postgres.query("SELECT query, batch, written_at FROM shop.odibi_batches ORDER BY 1, 2"))
                .isEqualTo(ledger);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "jdbc"})
    @Proves(format = "postgres", use = Use.UPSERT_UPDATE_STREAM)
    @Proves(format = "jdbc", use = Use.UPSERT_UPDATE_STREAM)
    void keepsAWindowedCountUpToDateInUpdateMode(String format) throws Exception {
        String steps = "transform: {steps: [\"SELECT *, timestamp_seconds(at) AS ts FROM {input}\", \"SELECT"
                + " window(ts, '10 seconds').start AS begins, count(*) AS rows FROM {input} GROUP BY window(ts, '10 seconds')\"]}";
        String nodes = stream("raw", format, "append", "", "mode: append")
                + stream("counted", format, "update", steps, "mode: upsert, keys: [begins]");
        for (int i = 0; i < 3; i++) {
            file(i + ".json", row(i, "x", 3 * i), row(10 + i, "y", 3 * i + 20));
            run(nodes);
        }

        assertThat(postgres.query("SELECT begins, rows FROM shop.counted ORDER BY 1"))
                .isNotEmpty()
                .isEqualTo(
                        postgres.query("SELECT date_bin('10 seconds', to_timestamp(at), to_timestamp(0)), count(*) FROM"
                                + " shop.raw GROUP BY 1 ORDER BY 1"));
    }

    @Test
    void joinsAStreamWithATable() throws Exception {
        postgres.execute("CREATE TABLE shop.people AS SELECT i AS id, 'p' || i AS person FROM generate_series(1, 3) i");
        file("a.json", row(2, "two", 1), row(9, "nine", 1));

        run("""
                      - name: joined
                        streaming: {trigger: available_now, checkpoint_location: state}
                        read: {connection: lake, format: json, path: in, schema: "%s"}
                        inputs:
                          people: {connection: shop, format: postgres, table: people, schema: "id INT, person STRING"}
                        transform: {steps: ["SELECT i.id, i.name, p.person FROM {input} i LEFT JOIN people p ON i.id = p.id"]}
                        write: {connection: shop, format: postgres, table: joined}
                """.formatted(EVENTS));

        assertThat(postgres.query("SELECT id, name, person FROM shop.joined ORDER BY id"))
                .containsExactly("2|two|p2", "9|nine|null");
    }

    @Test
    void tellsAWrongPasswordAMissingColumnAndRepeatedKeysInOurWords() throws Exception {
        postgres.execute(
                "CREATE TABLE shop.narrow (id BIGINT)",
                "CREATE TABLE shop.keyless (id BIGINT, name TEXT, at BIGINT)",
                "CREATE TABLE shop.checked (id BIGINT CHECK (id < 7), name TEXT, at BIGINT)");
        file("a.json", row(7, "payload-canary", 1), row(7, "payload-canary", 2));
        List<NodeResult> results =
                results(batch("locked", "postgres", "mode: append").replace("connection: shop", "connection: wrong")
                        + batch("narrow", "postgres", "mode: append")
                        + batch("keyless", "postgres", "mode: upsert, keys: [id], order_by: at")
                        + batch("repeated", "postgres", "mode: upsert, keys: [id]")
                        + batch("checked", "postgres", "mode: append"));

        assertThat(results).allSatisfy(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.failure().orElseThrow().message())
                    .doesNotContain("mistaken", PostgresServer.PASSWORD, "payload-canary", "Exception");
        });
        assertThat(message(results, 0))
                .isEqualTo("cannot run node 'locked': the database at jdbc:postgresql://127.0.0.1:" + postgres.port()
                        + "/postgres refuses the login: FATAL: password authentication failed for user"
                        + " \"odibi\"");
        assertThat(results.get(0).failure().orElseThrow().nature()).isEqualTo(Nature.LASTING);
        assertThat(message(results, 1))
                .isEqualTo(
                        "cannot run node 'narrow': table narrow has no column 'name', 'at'; its columns are id: leave them"
                                + " out in a step, or add them to the table");
        assertThat(message(results, 2)).contains("table keyless has no unique index over id");
        assertThat(message(results, 3)).contains("in one batch are 2 rows with id = 7; 'order_by' names the column");
        assertThat(message(results, 4)).contains("violates check constraint \"checked_id_check\"");
        assertThat(results.get(4).failure().orElseThrow().nature()).isEqualTo(Nature.LASTING);
        assertThat(postgres.query("SELECT * FROM shop.checked")).isEmpty();
    }

    private static String message(List<NodeResult> results, int node) {
        return results.get(node).failure().orElseThrow().message();
    }

    private static String batch(String table, String format, String write) {
        return """
                      - name: %s
                        read: {connection: lake, format: json, path: in, schema: "%s"}
                        write: {connection: shop, format: %s, table: %s, %s}
                """.formatted(table, EVENTS, format, table, write);
    }

    private static String stream(String table, String format, String mode, String steps, String write) {
        String watermark = mode.equals("update") ? ", watermark: \"ts, 1 minute\"" : "";
        return """
                      - name: %s
                        streaming: {trigger: available_now, output_mode: %s, checkpoint_location: state-%s%s}
                        read: {connection: lake, format: json, path: in, schema: "%s"}
                        %s
                        write: {connection: shop, format: %s, table: %s, %s}
                """.formatted(table, mode, table, watermark, EVENTS, steps, format, table, write);
    }

    private static String row(int id, String name, int at) {
        return "{\"id\": %d, \"name\": \"%s\", \"at\": %d}".formatted(id, name, at);
    }

    private void file(String name, String... rows) throws Exception {
        Files.write(in.resolve(name), List.of(rows));
    }

    private void run(String nodes) throws Exception {
        assertThat(results(nodes))
                .allSatisfy(result ->
                        assertThat(result.failure()).as(result.toString()).isEmpty());
    }

    private List<NodeResult> results(String nodes) throws Exception {
        Path project = Files.writeString(
                folder.resolve("project.yaml"),
                """
                project: databases
                spark: {spark.sql.shuffle.partitions: 1, spark.master: "local[2]"}
                connections:
                  lake: {type: local, base_path: %s}
                  shop: {type: postgres, host: 127.0.0.1, port: %d, database: postgres, username: odibi, password: "${PG_PASSWORD}", schema: shop}
                  wrong: {type: postgres, host: 127.0.0.1, port: %d, database: postgres, username: odibi, password: mistaken}
                  any: {type: jdbc, url: "jdbc:postgresql://127.0.0.1:%d/postgres", username: odibi, password: "${PG_PASSWORD}"}
                pipelines:
                  - pipeline: p
                    nodes:
                """.formatted(folder, postgres.port(), postgres.port(), postgres.port()) + nodes);
        try (BackgroundRun run = BackgroundRun.start(project, Map.of("PG_PASSWORD", PostgresServer.PASSWORD))) {
            return run.await().nodes();
        }
    }

    private List<String> lines(String path) throws Exception {
        List<String> lines = new ArrayList<>();
        for (Path file : files(path)) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private List<Path> files(String path) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> file.toFile().length() > 0)
                    .toList();
        }
    }
}
