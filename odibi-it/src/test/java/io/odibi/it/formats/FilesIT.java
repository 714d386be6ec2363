package io.odibi.it.formats;

import static io.odibi.it.matrix.Use.APPEND_BATCH;
import static io.odibi.it.matrix.Use.APPEND_STREAM;
import static io.odibi.it.matrix.Use.OVERWRITE_BATCH;
import static io.odibi.it.matrix.Use.READ_BATCH;
import static io.odibi.it.matrix.Use.READ_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.RunEvent.BatchCommitted;
import io.odibi.it.matrix.Proves;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of each format, read once as they come and written, by streams and in batch. */
@Timeout(240)
class FilesIT {

    @RegisterExtension
    static final Lake LAKE = new Lake();

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "json", "csv", "text", "avro", "orc"})
    @Proves(
            format = "parquet",
            use = {READ_BATCH, READ_STREAM, APPEND_BATCH, OVERWRITE_BATCH, APPEND_STREAM})
    @Proves(
            format = "json",
            use = {READ_BATCH, READ_STREAM, APPEND_BATCH, OVERWRITE_BATCH, APPEND_STREAM})
    @Proves(
            format = "csv",
            use = {READ_BATCH, READ_STREAM, APPEND_BATCH, OVERWRITE_BATCH, APPEND_STREAM})
    @Proves(
            format = "text",
            use = {READ_BATCH, READ_STREAM, APPEND_BATCH, OVERWRITE_BATCH, APPEND_STREAM})
    @Proves(
            format = "avro",
            use = {READ_BATCH, READ_STREAM, APPEND_BATCH, OVERWRITE_BATCH, APPEND_STREAM})
    @Proves(
            format = "orc",
            use = {READ_BATCH, READ_STREAM, APPEND_BATCH, OVERWRITE_BATCH, APPEND_STREAM})
    void goThroughAFolderInBatchAndAsAStream(String format) throws Exception {
        LAKE.file("old.txt", "never");
        LAKE.file("seed.txt", "1", "2");
        LAKE.file("more.txt", "3");

        List<BatchCommitted> batches = LAKE.run(
                load("before", "old.txt", format, "overwrite", ""),
                load("seed", "seed.txt", format, "overwrite", "before"),
                load("more", "more.txt", format, "append", "seed"),
                follow(format, "more"),
                readBack(format));

        assertThat(batches)
                .as("micro-batches of one file each")
                .extracting(batch -> batch.progress().rows().in())
                .containsExactlyInAnyOrder(OptionalLong.of(2), OptionalLong.of(1));
        assertThat(landed()).containsExactly("[1]", "[2]", "[3]");
    }

    private static List<String> landed() {
        return LAKE.rows("SELECT value FROM json.`{lake}/back` ORDER BY value");
    }

    private static String load(String name, String file, String format, String mode, String after) {
        return """
                - name: %s
                  depends_on: [%s]
                  read: {connection: lake, format: text, path: %s}
                  transform: {steps: ["SELECT %s FROM {input}"]}
                  write: {connection: lake, format: %s, path: in, mode: %s}
                """.formatted(name, after, file, columns(format), format, mode);
    }

    private static String follow(String format, String after) {
        String schema = format.equals("text") ? "" : "schema: \"value STRING, number BIGINT\", ";
        return """
                - name: follow
                  depends_on: [%s]
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: %s, path: in, options: {%smaxFilesPerTrigger: 1}}
                  write: {connection: lake, format: %s, path: out}
                """.formatted(after, format, schema, format);
    }

    private static String readBack(String format) {
        String schema = format.equals("csv") ? ", options: {schema: \"value STRING, number BIGINT\"}" : "";
        return """
                - name: back
                  depends_on: [follow]
                  read: {connection: lake, format: %s, path: out%s}
                  write: {connection: lake, format: json, path: back}
                """.formatted(format, schema);
    }

    private static String columns(String format) {
        return format.equals("text") ? "value" : "value, CAST(value AS BIGINT) AS number";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cleanSource: delete                              |
            cleanSource: archive, sourceArchiveDir: archived | archived{lake}/in
            """)
    void areTakenAwayWhenTheyHaveBeenRead(String clean, String archive) throws Exception {
        String node = """
                - name: follow
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT", maxFilesPerTrigger: 1, %s}}
                  write: {connection: lake, format: json, path: out}
                """.formatted(clean);
        LAKE.file("in/a.json", "{\"id\": 1}");
        LAKE.file("in/b.json", "{\"id\": 2}");
        LAKE.setAge("in/a.json", Duration.ofHours(1));
        LAKE.run(node);
        assertThat(LAKE.list("in")).as("the last micro-batch keeps its files").containsExactly("b.json");
        LAKE.file("in/c.json", "{\"id\": 3}");
        assertThat(LAKE.run(node)).as("micro-batches of what is new").hasSize(1);

        assertThat(LAKE.list("in")).containsExactly("c.json");
        assertThat(LAKE.rows("SELECT id FROM json.`{lake}/out` ORDER BY id")).containsExactly("[1]", "[2]", "[3]");
        if (archive != null) {
            assertThat(LAKE.list(archive.replace("{lake}", LAKE.path("").toString())))
                    .containsExactly("a.json", "b.json");
        }
    }

    @Test
    void areNotWrittenByAQueryThatWouldLoseItsRowsThere() throws Exception {
        LAKE.file("in/a.json", "{\"id\": 1}");
        String node = """
                - name: %s
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT"}}
                  write: {connection: lake, format: parquet, path: out}
                """;
        LAKE.run(node.formatted("one"));

        assertThat(LAKE.failure(node.formatted("other")))
                .isEqualTo(
                        "cannot start node 'other': parquet {lake}/out holds what a stream has written whose checkpoint"
                                + " is not {lake}/_odibi/formats/checkpoints/p/other, and rows would be lost; name another folder,"
                                + " or the checkpoint that belongs to it");
    }

    @Test
    void areNotAppendedBesideAStreamWhereNobodyWouldReadThem() throws Exception {
        LAKE.file("in/a.json", "{\"id\": 1}");
        LAKE.run("""
                - name: stream
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT"}}
                  write: {connection: lake, format: parquet, path: out}
                """);

        assertThat(LAKE.failure("""
                - name: batch
                  read: {connection: lake, format: json, path: in}
                  write: {connection: lake, format: parquet, path: out, mode: append}
                """))
                .isEqualTo(
                        "cannot append to parquet {lake}/out: a stream writes there, and who reads the folder sees the"
                                + " stream's files only; name another folder, or use format 'delta', which takes both");
    }

    @Test
    void areToldBeforeTheStartWhatTheyCannotHold() throws Exception {
        assertThat(LAKE.findings("""
                - name: lines
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, name STRING"}}
                  write: {connection: lake, format: text, path: out}
                """, """
                - name: cells
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT, names ARRAY<STRING>"}}
                  write: {connection: lake, format: csv, path: cells}
                """, """
                - name: folders
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: json, path: in, options: {schema: "id BIGINT"}}
                  write: {connection: lake, format: parquet, path: folders, partition_by: [id]}
                """))
                .contains(
                        "text {lake}/out takes one column of type STRING [PLAN_SINK_COLUMN]",
                        "csv {lake}/cells cannot take a column 'names' of type ARRAY<STRING> [PLAN_SINK_COLUMN]",
                        "parquet {lake}/folders needs a column that 'partition_by' does not name [PLAN_SINK_COLUMN]")
                .contains("3 errors");
        assertThat(LAKE.findings("""
                - name: lines
                  streaming: {trigger: available_now}
                  read: {connection: lake, format: json, path: in, options: {schema: "kind STRING, name STRING"}}
                  write: {connection: lake, format: text, path: out, partition_by: [kind]}
                """)).isEmpty();
    }
}
