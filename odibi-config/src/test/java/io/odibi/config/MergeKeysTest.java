package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.NodeSpec.Completeness;
import io.odibi.core.model.WriteMode;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeKeysTest {

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transformer: merge\nparams: {target: lake.customers, keys: [id], strategy: append_only}",
                "transform: {steps: [{type: merge, target: lake.customers, keys: [id], strategy: append_only}]}",
                "transform: {steps: [{function: merge, params: {target: lake.customers, keys: [id], strategy: append_only}}]}",
                "transform: {steps: [{operation: merge, params: {connection: lake, table: customers, keys: [id],"
                        + " strategy: append_only}}]}"
            })
    void isTheWriteOfTheNode(String merge) {
        NodeSpec node = node(merge);

        assertThat(node.steps()).isEmpty();
        assertThat(node.completeness()).isEqualTo(Completeness.WHOLE);
        WriteSpec write = node.write().orElseThrow();
        assertThat(write.format().value()).isEqualTo("delta");
        assertThat(write.mode().map(Located::value)).contains(WriteMode.UPSERT);
        assertThat(write.connection().map(Located::value)).contains("lake");
        assertThat(write.table().map(Located::value)).contains("customers");
        assertThat(write.settings().entries())
                .extracting(Mapping.Entry::key)
                .containsExactlyInAnyOrder("keys", "strategy");
    }

    @Test
    void leavesTheStepsBeforeIt() {
        NodeSpec node = node(
                "transformer: derive\nparams: {columns: {a: '1'}}\ntransform: {steps: [SELECT 1, {type: merge, target: lake.t, keys: id}]}");

        assertThat(node.steps()).extracting(step -> step.type().value()).containsExactly("derive", "sql");
        assertThat(node.write()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "target: lake.silver/customers,            lake, ,          silver/customers",
        "target: lake.customers,                   lake, customers, ",
        "target: lake.a.b,                         lake, a.b,       ",
        "target: /abs/customers,                   ,     ,          /abs/customers",
        "target: 's3://b/customers',               ,     ,          s3://b/customers",
        "'target: a.b, connection: lake',          lake, a.b,       ",
        "'target: ./a, connection: lake',          lake, ,          ./a",
        "'path: a, connection: lake',              lake, ,          a",
    })
    void findsTheTarget(String params, String connection, String table, String path) {
        WriteSpec write = node("transformer: merge\nparams: {keys: id, " + params + "}")
                .write()
                .orElseThrow();

        assertThat(write.connection().map(Located::value).orElse(null)).isEqualTo(connection);
        assertThat(write.table().map(Located::value).orElse(null)).isEqualTo(table);
        assertThat(write.path().map(Located::value).orElse(null)).isEqualTo(path);
    }

    @Test
    void isAStreamWithACheckpointWhereTheNodeIsOne() {
        NodeSpec node = node("streaming: true\ntransformer: merge\nparams: {target: lake.t, keys: id}");

        assertThat(node.streaming()).isPresent();
        assertThat(node.write()).isPresent();
    }

    @Test
    void takesTheOlderPlacesOfTheSettingsOfAnUpsert() {
        WriteSpec write = node("write: {connection: lake, format: delta, table: t, mode: merge, merge_keys: [id],"
                        + " merge_options: {update_condition: 'true', audit_cols: {created_col: c}}}")
                .write()
                .orElseThrow();

        assertThat(write.mode().map(Located::value)).contains(WriteMode.UPSERT);
        assertThat(write.settings().entries())
                .extracting(Mapping.Entry::key)
                .containsExactlyInAnyOrder("merge_keys", "update_condition", "audit_cols");
        assertThat(node("write: {connection: lake, format: delta, table: t, mode: upsert, options: {keys: [id]}}")
                        .write()
                        .orElseThrow()
                        .settings()
                        .find("keys"))
                .isPresent();
    }

    private NodeSpec node(String keys) {
        return Folder.node(
                new Folder(temporary).with("project.yaml", """
                                connections:
                                  lake: {type: local, base_path: ./data}
                                pipelines:
                                  - pipeline: p
                                    nodes:
                                      - name: n
                                        read: {connection: lake, format: json, path: in}
                                """ + keys.indent(8)).project(), "n");
    }
}
