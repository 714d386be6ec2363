package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections at work: tables of a catalog, and a storage whose library is not there. */
@Timeout(240)
class ConnectionsIT {

    @TempDir
    Path folder;

    @Test
    void writesATableOfACatalogAndReadsItAsAStream() throws Exception {
        Files.writeString(folder.resolve("in.csv"), "1\n2\n3\n");
        Path project = write("""
                project: catalog
                spark: {spark.master: "local[2]", spark.sql.shuffle.partitions: 1, spark.sql.warehouse.dir: %1$s/warehouse}
                connections:
                  here: {type: local, base_path: %1$s}
                  tables: {type: delta}
                pipelines:
                  - pipeline: p
                    nodes:
                      - name: load
                        read: {connection: here, format: csv, path: in.csv, options: {schema: "id BIGINT"}}
                        write: {connection: tables, format: delta, table: numbers}
                      - name: follow
                        depends_on: [load]
                        streaming: {trigger: available_now, checkpoint_location: %1$s/state}
                        read: {connection: tables, format: delta, table: numbers}
                        write: {connection: tables, format: delta, table: copies}
                """.formatted(folder));
        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            var result = run.await();

            assertThat(result.isWell()).as(result.toString()).isTrue();
            assertThat(result.nodes().get(1).rows().out()).isEqualTo(OptionalLong.of(3));
            assertThat(folder.resolve("warehouse/copies/_delta_log")).isDirectory();
        }
    }

    @Test
    void namesTheLibraryThatAStorageNeedsAndNotItsKey() throws Exception {
        Path project = write("""
                project: cloud
                spark: {spark.master: "local[2]"}
                connections:
                  lake: {type: s3, bucket: lake-1, access_key: c4n4ry-id, secret_key: c4n4ry-key}
                pipelines:
                  - pipeline: p
                    nodes:
                      - name: load
                        read: {connection: lake, format: csv, path: in, options: {schema: "id BIGINT"}}
                        write: {connection: lake, format: parquet, path: out}
                """);
        try (BackgroundRun run = BackgroundRun.start(project, Map.of())) {
            NodeResult load = run.await().nodes().get(0);

            assertThat(load.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(load.failure().orElseThrow().message())
                    .isEqualTo("cannot run node 'load': what reads S3 is not on the class path; add"
                            + " org.apache.hadoop:hadoop-aws in Spark's version of Hadoop");
            assertThat(run.events().toString()).doesNotContain("c4n4ry");
        }
    }

    private Path write(String yaml) throws Exception {
        return Files.writeString(folder.resolve("project.yaml"), yaml);
    }
}
