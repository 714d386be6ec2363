package io.odibi.engine.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.execution.NodeResult;
import io.odibi.core.execution.NodeResult.Outcome;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.run.RunResult;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Position;
import io.odibi.engine.Engine;
import io.odibi.engine.TestProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
final class CatalogTablesIT {

    @TempDir
    private Path folder;

    @AfterEach
    void dropTables() {
        Engine.spark().sql("DROP DATABASE IF EXISTS shop CASCADE");
    }

    @Test
    void areWrittenAndReadByTheirNamesInBatchAndAsAStream() throws Exception {
        Engine.spark().sql("CREATE DATABASE shop LOCATION '" + folder.resolve("db") + "'");
        TestProject project = new TestProject(folder)
                .connection("lake", "catalog", Map.of())
                .node("load")
                .read("delta", folder.resolve("in").toString(), Map.of())
                .write("delta", "table:orders", Map.of())
                .done()
                .node("copy")
                .dependsOn("load")
                .availableNow()
                .input("orders", "delta", "table:orders", Processing.STREAMING, Map.of())
                .sql("SELECT id, id % 2 AS odd FROM orders")
                .write("delta", "table:copies", properties())
                .partitionBy("odd")
                .done();
        Engine.spark()
                .range(4)
                .toDF("id")
                .write()
                .format("delta")
                .save(folder.resolve("in").toString());
        try (Engine engine = new Engine(new Catalog())) {
            RunResult result = engine.run(project);

            assertThat(result.nodes()).extracting(NodeResult::failure).containsOnly(Optional.empty());
            assertThat(result.nodes()).extracting(NodeResult::outcome).containsOnly(Outcome.SUCCEEDED);
            assertThat(Engine.spark().table("shop.orders").count()).isEqualTo(4);
            assertThat(result.nodes().get(0).rows().out()).hasValue(4);
            assertThat(Engine.spark().table("shop.copies").count()).isEqualTo(4);
            Row detail = Engine.spark().sql("DESCRIBE DETAIL shop.copies").first();
            assertThat(detail.getList(detail.fieldIndex("partitionColumns")).toString())
                    .isEqualTo("[odd]");
            assertThat(detail.getJavaMap(detail.fieldIndex("properties")).toString())
                    .contains("delta.appendOnly=true");
        }
    }

    @Test
    void areOverwrittenInBatch() throws Exception {
        Engine.spark().sql("CREATE DATABASE shop LOCATION '" + folder.resolve("db") + "'");
        save("in", 4, "id");
        try (Engine engine = new Engine(new Catalog())) {
            assertThat(engine.runOne(load("in", Map.of())).failure()).isEmpty();
            NodeResult again = engine.runOne(load("in", Map.of()));
            assertThat(again.failure()).isEmpty();
            assertThat(again.rows().out()).hasValue(4);
            assertThat(Engine.spark().table("shop.orders").count()).isEqualTo(4);

            save("other", 2, "number");
            NodeResult refused = engine.runOne(load("other", Map.of()));
            assertThat(refused.failure().orElseThrow().message()).contains("do not fit the Delta table");
            assertThat(engine.runOne(load("other", Map.of("overwrite_schema", "true")))
                            .failure())
                    .isEmpty();
            assertThat(Engine.spark().table("shop.orders").columns()).containsExactly("number");
        }
    }

    private TestProject load(String from, Map<String, String> options) {
        return new TestProject(folder)
                .connection("lake", "catalog", Map.of())
                .node("load")
                .read("delta", folder.resolve(from).toString(), Map.of())
                .write("delta", "table:orders", options)
                .done();
    }

    private void save(String to, int rows, String column) {
        Engine.spark()
                .range(rows)
                .toDF(column)
                .write()
                .format("delta")
                .save(folder.resolve(to).toString());
    }

    private static Mapping properties() {
        Mapping properties = new TestProject(Path.of("/")).settings(Map.of("delta.appendOnly", "true"));
        return new Mapping(List.of(new Mapping.Entry("table_properties", Position.NONE, properties)), Position.NONE);
    }

    /** The connection type {@code catalog}: tables of the schema {@code shop}. */
    private static final class Catalog implements Plugin, ConnectionType {
        @Override
        public void contribute(Contributions to) {
            to.connection("catalog", this);
        }

        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("Tables");
        }

        @Override
        public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
            return Optional.of(Connection.toCatalog(request.name(), request.type(), "shop", Options.none()));
        }
    }
}
