package io.odibi.it.formats;

import static io.odibi.it.matrix.Use.READ_BATCH;
import static io.odibi.it.matrix.Use.READ_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.odibi.core.execution.RunEvent.BatchCommitted;
import io.odibi.it.e2e.BackgroundRun;
import io.odibi.it.matrix.Proves;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Delta table read in batch and as a stream: as a whole, from a version or a time on, its changes. */
@Timeout(240)
class DeltaSourceIT {

    @RegisterExtension
    static final Lake LAKE = new Lake();

    @Test
    @Proves(format = "delta", use = READ_STREAM)
    void isReadAsAWholeAndThenAsItGrowsInMicroBatchesOfTheSizeThatIsSet() throws Exception {
        table("t", "");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (1, 'one')");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (2, 'two')");

        assertThat(LAKE.run(follow("whole", "maxFilesPerTrigger: 1"), follow("sized", "maxBytesPerTrigger: 1b")))
                .extracting(batch -> batch.node().node())
                .containsExactlyInAnyOrder("whole", "whole", "sized", "sized");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (3, 'three')");
        List<BatchCommitted> next = LAKE.run(follow("whole", "maxFilesPerTrigger: 1"));

        assertThat(next).extracting(batch -> batch.progress().rows().in()).containsExactly(OptionalLong.of(1));
        assertThat(landed("whole")).containsExactly("[1,one]", "[2,two]", "[3,three]");
        assertThat(landed("sized")).containsExactly("[1,one]", "[2,two]");
    }

    @Test
    @Proves(
            format = "delta",
            use = {READ_BATCH, READ_STREAM})
    void isReadFromAVersionOrATime() throws Exception {
        table("t", "");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (1, 'one')");
        LAKE.rows("ALTER TABLE delta.`{lake}/t` ADD COLUMNS (more STRING)");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (2, 'two', 'new')");
        for (int version = 0; version < 4; version++) {
            LAKE.setAge("t/_delta_log/0000000000000000000" + version + ".json", Duration.ofDays(10 - version));
        }
        String beforeTheThird =
                LocalDateTime.now(ZoneOffset.UTC).minusDays(7).minusHours(1).toString();

        LAKE.run(
                follow("since_version", "startingVersion: 2"),
                follow("since_time", "startingTimestamp: '" + beforeTheThird + "'"),
                snapshot("at_version", "versionAsOf: 1", "*"),
                snapshot("at_time", "timestampAsOf: '" + beforeTheThird + "'", "id, name"));

        assertThat(landed("since_version")).containsExactly("[2,two]");
        assertThat(landed("since_time")).containsExactly("[2,two]");
        assertThat(landed("at_version")).containsExactly("[1,one]");
        assertThat(landed("at_time")).containsExactly("[1,one]");
        assertThat(LAKE.findings(snapshot("at_version", "versionAsOf: 1", "more")))
                .as("a column that this version does not have")
                .contains("[SQL_UNKNOWN_COLUMN]");
        assertThat(LAKE.failure(follow("ahead", "startingVersion: 9")))
                .isEqualTo("cannot run node 'ahead': the Delta table {lake}/t has no version 9; there are 0 to 3");
        assertThat(LAKE.failure(follow("later", "startingTimestamp: '2200-01-01'")))
                .startsWith(
                        "cannot run node 'later': the Delta table {lake}/t has no version of that time: 2200-01-01");
    }

    @Test
    @Proves(format = "delta", use = READ_STREAM)
    void isReadFromItsLatestVersionOn() throws Exception {
        table("t", "");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (1, 'before')");
        String node = follow("latest", "startingVersion: latest").replace("available_now", "100 ms");
        try (BackgroundRun run = LAKE.start(node)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !LAKE.list("_odibi/formats/checkpoints/p/latest/offsets")
                                    .isEmpty()
                            || run.hasEnded()
                            || grow());
            await().atMost(Duration.ofSeconds(60)).until(() -> run.rowsCommitted() > 0 || run.hasEnded());
            run.drain();
        }
        assertThat(landed("latest")).isNotEmpty().doesNotContain("[1,before]");

        LAKE.run(follow("each_time", "startingVersion: latest"));
        grow();
        LAKE.run(follow("each_time", "startingVersion: latest"));
        assertThat(LAKE.list("each_time"))
                .as("a stream that has read nothing has no start to go on from")
                .isEmpty();
    }

    /** Adds a row, and returns false: nobody can see from outside when the stream has looked for its start. */
    private static boolean grow() {
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (2, 'after')");
        return false;
    }

    @Test
    @Proves(
            format = "delta",
            use = {READ_BATCH, READ_STREAM})
    void givesItsChangesAsRows() throws Exception {
        String changes = "SELECT id, name, _change_type, _commit_version FROM {input}";
        LAKE.file("in.csv", "1,one", "2,two");
        // The table is not there yet when the project is checked: what a change feed adds to its columns is known all
        // the same.
        LAKE.run("""
                - name: load
                  read: {connection: lake, format: csv, path: in.csv, options: {schema: "id BIGINT, name STRING"}}
                  write: {connection: lake, format: delta, path: t, table_properties: {delta.enableChangeDataFeed: true}}
                """, changes("load", "", changes));
        LAKE.rows("UPDATE delta.`{lake}/t` SET name = 'TWO' WHERE id = 2");
        LAKE.rows("DELETE FROM delta.`{lake}/t` WHERE id = 1");

        LAKE.run(changes("", "", changes), """
                - name: batch
                  read: {connection: lake, format: delta, path: t, options: {readChangeFeed: true, startingVersion: 1, endingVersion: 1}}
                  transform: {steps: ["%s"]}
                  write: {connection: lake, format: json, path: batch}
                """.formatted(changes));

        assertThat(
                        LAKE.rows(
                                "SELECT id, name, _change_type, _commit_version FROM json.`{lake}/stream` ORDER BY _commit_version, id, _change_type"))
                .containsExactly(
                        "[1,one,insert,0]",
                        "[2,two,insert,0]",
                        "[2,TWO,update_postimage,1]",
                        "[2,two,update_preimage,1]",
                        "[1,one,delete,2]");
        assertThat(
                        LAKE.rows(
                                "SELECT id, name, _change_type, _commit_version FROM json.`{lake}/batch` ORDER BY _change_type"))
                .containsExactly("[2,TWO,update_postimage,1]", "[2,two,update_preimage,1]");
    }

    @Test
    void saysThatATableHasNoChangeFeed() throws Exception {
        table("t", "");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (1, 'one')");
        String told = "the Delta table {lake}/t has no change feed at version 0; set its property"
                + " 'delta.enableChangeDataFeed' to true ('table_properties' where it is created), and start after that";

        assertThat(LAKE.failure(changes("", "startingVersion: 0, ", "SELECT id FROM {input}")))
                .isEqualTo("cannot run node 'stream': " + told);
        assertThat(LAKE.failure(snapshot("batch", "readChangeFeed: true, startingVersion: 0", "id")))
                .isEqualTo("cannot run node 'batch': " + told);
    }

    @Test
    void saysWhatToDoAboutRowsThatAreDeletedOrChangedAndDoesIt() throws Exception {
        table("t", "PARTITIONED BY (name)");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (1, 'one'), (2, 'two'), (3, 'two')");
        LAKE.run(
                follow("strict", ""),
                follow("deletes", "ignoreDeletes: true"),
                follow("changes", "skipChangeCommits: true"));

        LAKE.rows("DELETE FROM delta.`{lake}/t` WHERE name = 'one'");
        assertThat(LAKE.failure(follow("strict", "")))
                .isEqualTo(
                        "cannot run node 'strict': version 2 of the Delta table {lake}/t deletes rows, which a stream cannot"
                                + " do; where whole partitions are deleted 'ignoreDeletes: true' passes over that; to pass over such"
                                + " versions set 'skipChangeCommits: true'; to read changes as rows set 'readChangeFeed: true' (the"
                                + " table needs its change feed)");
        LAKE.run(follow("deletes", "ignoreDeletes: true"));

        LAKE.rows("UPDATE delta.`{lake}/t` SET id = 30 WHERE id = 3");
        LAKE.rows("INSERT INTO delta.`{lake}/t` VALUES (4, 'four')");
        assertThat(LAKE.failure(follow("deletes", "ignoreDeletes: true")))
                .startsWith(
                        "cannot run node 'deletes': version 3 of the Delta table {lake}/t changes rows, which a stream"
                                + " cannot do; to pass over such versions set 'skipChangeCommits: true'");
        LAKE.run(follow("changes", "skipChangeCommits: true"));

        assertThat(landed("changes")).containsExactly("[1,one]", "[2,two]", "[3,two]", "[4,four]");
        assertThat(landed("deletes")).containsExactly("[1,one]", "[2,two]", "[3,two]");
    }

    private static void table(String path, String more) {
        LAKE.rows("CREATE TABLE delta.`{lake}/" + path + "` (id BIGINT, name STRING) USING delta " + more);
    }

    private static List<String> landed(String path) {
        return LAKE.rows("SELECT id, name FROM json.`{lake}/" + path + "` ORDER BY id");
    }

    private static String follow(String name, String options) {
        return """
                - name: %1$s
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: delta, path: t, options: {%2$s}}
                  transform: {steps: ["SELECT id, name FROM {input}"]}
                  write: {connection: lake, format: json, path: %1$s}
                """.formatted(name, options);
    }

    private static String changes(String after, String options, String sql) {
        return """
                - name: stream
                  depends_on: [%s]
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: delta, path: t, options: {%sreadChangeFeed: true}}
                  transform: {steps: ["%s"]}
                  write: {connection: lake, format: json, path: stream}
                """.formatted(after, options, sql);
    }

    private static String snapshot(String name, String options, String columns) {
        return """
                - name: %1$s
                  read: {connection: lake, format: delta, path: t, options: {%2$s}}
                  transform: {steps: ["SELECT %3$s FROM {input}"]}
                  write: {connection: lake, format: json, path: %1$s}
                """.formatted(name, options, columns);
    }
}
