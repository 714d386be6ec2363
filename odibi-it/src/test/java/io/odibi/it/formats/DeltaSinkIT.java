package io.odibi.it.formats;

import static io.odibi.it.matrix.Use.APPEND_BATCH;
import static io.odibi.it.matrix.Use.APPEND_STREAM;
import static io.odibi.it.matrix.Use.COMPLETE_STREAM;
import static io.odibi.it.matrix.Use.OVERWRITE_BATCH;
import static io.odibi.it.matrix.Use.READ_BATCH;
import static io.odibi.it.matrix.Use.READ_STREAM;
import static io.odibi.it.matrix.Use.UPSERT_BATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.it.matrix.Proves;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Delta tables written in batch and by streams: under a path and in a catalog, made and grown. */
@Timeout(240)
class DeltaSinkIT {

    private static final String MADE =
            "partition_by: [kind], table_properties: {delta.appendOnly: false, delta.logRetentionDuration: interval 9 days}";

    @RegisterExtension
    static final Lake LAKE = new Lake();

    @BeforeEach
    void makeInput() throws Exception {
        LAKE.file(
                "in/a.json",
                "{\"id\": 1, \"kind\": \"x\"}",
                "{\"id\": 2, \"kind\": \"y\"}",
                "{\"id\": 3, \"kind\": \"x\"}");
    }

    @AfterEach
    void dropTables() {
        for (String table : new String[] {"made_by_stream", "made_by_batch", "made_by_upsert", "copied"}) {
            LAKE.rows("DROP TABLE IF EXISTS " + table);
        }
    }

    @Test
    @Proves(
            format = "delta",
            use = {READ_BATCH, READ_STREAM, APPEND_BATCH, OVERWRITE_BATCH, UPSERT_BATCH, APPEND_STREAM})
    void isMadeWithItsPartitionsAndPropertiesUnderAPathAndInACatalog() throws Exception {
        LAKE.run(
                stream("by_stream", "connection: lake, path: made_by_stream, " + MADE, "append", ""),
                stream("by_stream_in_catalog", "connection: tables, table: made_by_stream, " + MADE, "append", ""),
                batch("by_batch", "connection: lake, path: made_by_batch, mode: append, " + MADE),
                batch("by_batch_in_catalog", "connection: tables, table: made_by_batch, mode: append, " + MADE),
                batch(
                        "by_upsert_in_catalog",
                        "connection: tables, table: made_by_upsert, mode: upsert, keys: [id], " + MADE));
        LAKE.run(
                batch("by_batch", "connection: lake, path: made_by_batch, mode: overwrite, " + MADE),
                batch("by_batch_in_catalog", "connection: tables, table: made_by_batch, mode: overwrite, " + MADE),
                """
                - name: copy
                  streaming: {trigger: available_now, checkpoint_location: %s}
                  read: {connection: tables, format: delta, table: made_by_stream}
                  write: {connection: tables, format: delta, table: copied}
                """.formatted(LAKE.path("copied-state")),
                """
                - name: back
                  depends_on: [by_batch_in_catalog]
                  read: {connection: tables, format: delta, table: made_by_batch}
                  write: {connection: lake, format: json, path: back}
                """);

        for (String table : new String[] {
            "delta.`{lake}/made_by_stream`",
            "made_by_stream",
            "delta.`{lake}/made_by_batch`",
            "made_by_batch",
            "made_by_upsert"
        }) {
            assertThat(LAKE.rows("SELECT id FROM " + table + " ORDER BY id"))
                    .as(table)
                    .containsExactly("[1]", "[2]", "[3]");
            assertThat(LAKE.detail(table))
                    .as(table)
                    .contains("(kind)", "delta.logRetentionDuration -> interval 9 days");
        }
        assertThat(LAKE.rows("SELECT id FROM copied ORDER BY id")).containsExactly("[1]", "[2]", "[3]");
        assertThat(LAKE.rows("SELECT id FROM json.`{lake}/back` ORDER BY id")).containsExactly("[1]", "[2]", "[3]");
        assertThat(LAKE.failure(
                        batch("other", "connection: lake, path: made_by_batch, mode: append, partition_by: [id]")))
                .isEqualTo("cannot run node 'other': the Delta table that is written is partitioned by [kind];"
                        + " 'partition_by' must say the same");
    }

    @Test
    @Proves(
            format = "delta",
            use = {APPEND_STREAM, COMPLETE_STREAM})
    void growsByAStreamOrIsReplacedByItsWholeResult() throws Exception {
        String counted = "transform: {steps: [\"SELECT kind, count(*) AS rows FROM {input} GROUP BY kind\"]}";
        String rows = stream("rows", "connection: lake, path: rows", "append", "");
        String counts = stream("counts", "connection: lake, path: counts", "complete", counted);
        LAKE.run(rows, counts);
        LAKE.file("in/b.json", "{\"id\": 4, \"kind\": \"x\"}");
        LAKE.run(rows, counts);

        assertThat(LAKE.rows("SELECT id FROM delta.`{lake}/rows` ORDER BY id"))
                .containsExactly("[1]", "[2]", "[3]", "[4]");
        assertThat(LAKE.rows("SELECT kind, rows FROM delta.`{lake}/counts` ORDER BY kind"))
                .containsExactly("[x,3]", "[y,1]");
    }

    @Test
    @Proves(
            format = "delta",
            use = {APPEND_BATCH, APPEND_STREAM})
    void takesNewColumnsOnlyWhereThatIsAskedFor() throws Exception {
        LAKE.run(
                batch("batch", "connection: lake, path: batch"),
                stream("stream", "connection: lake, path: stream", "append", ""));
        LAKE.file("in/b.json", "{\"id\": 4, \"kind\": \"x\"}");
        String wider = "transform: {steps: [\"SELECT *, 'new' AS more FROM {input}\"]}";
        String batch =
                batch("batch", "connection: lake, path: batch, mode: append").replace("write:", wider + "\n  write:");
        String stream = stream("stream", "connection: lake, path: stream", "append", wider);

        assertThat(LAKE.failure(batch))
                .startsWith("cannot run node 'batch': the columns do not fit the Delta table {lake}/batch; set"
                        + " 'merge_schema: true' to add columns");
        assertThat(LAKE.failure(stream))
                .startsWith("cannot run node 'stream': the columns do not fit the Delta table {lake}/stream; set"
                        + " 'merge_schema: true' to add columns");
        LAKE.run(
                batch.replace("mode: append", "mode: append, merge_schema: true"),
                stream.replace("path: stream", "path: stream, merge_schema: true"));

        assertThat(LAKE.rows("SELECT id, more FROM delta.`{lake}/stream` ORDER BY id"))
                .containsExactly("[1,null]", "[2,null]", "[3,null]", "[4,new]");
        assertThat(LAKE.rows("SELECT count(*), count(more) FROM delta.`{lake}/batch`"))
                .containsExactly("[7,4]");
    }

    private static String batch(String name, String write) {
        return """
                - name: %s
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, kind STRING"}}
                  write: {format: delta, %s}
                """.formatted(name, write);
    }

    private static String stream(String name, String write, String mode, String steps) {
        return """
                - name: %s
                  streaming: {trigger: available_now, output_mode: %s, unbounded_state: accept, checkpoint_location: %s}
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, kind STRING"}}
                  %s
                  write: {format: delta, %s}
                """.formatted(name, mode, LAKE.path("state-" + name), steps, write);
    }
}
