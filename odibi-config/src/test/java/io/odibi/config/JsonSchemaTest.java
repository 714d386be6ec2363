package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.odibi.core.catalog.PluginCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {

    private static final String TEXT = new JsonSchema().generate(PluginCatalog.of(List.of(new FakePlugin())));
    private static final com.networknt.schema.JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(TEXT);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Every form of the language that editors should accept. */
    static final String EXAMPLE = """
            project: demo
            version: 1.0
            engine: spark
            story: {connection: lake}
            imports: more.yaml
            vars: {region: eu}
            environments:
              prod: {spark: {spark.sql.shuffle.partitions: 200}, connections: {lake: {base_path: /lake}}}
            spark: {sql: {shuffle: {partitions: 4}}}
            monitoring: {http: 8070, otlp_endpoint: "http://collector:4318", otlp_headers: {key: x}, prometheus: 9464}
            connections:
              kafka:
                type: kafka
                bootstrap_servers: "${KAFKA_BOOTSTRAP:-localhost:9092}"
                sasl_password: ${PASSWORD:-x}
                kafka.max.poll: 5
              lake: {type: local, base_path: ./data}
            pipelines:
              - pipeline: realtime_events
                description: Events
                nodes:
                  - name: ingest_events
                    streaming:
                      enabled: true
                      trigger: 10 seconds
                      output_mode: append
                      watermark: "event_time, 5 minutes"
                    read:
                      connection: kafka
                      format: kafka
                      maxOffsetsPerTrigger: "100"
                      options: {subscribe: raw_events, startingOffsets: earliest, failOnDataLoss: false}
                    transform:
                      steps:
                        - type: sql
                          query: SELECT * FROM {input}
                        - type: derive
                          columns: {a: b}
                    write: {connection: lake, format: delta, table: t, partition_by: [event_type], mergeSchema: true}
                  - name: more
                    depends_on: ingest_events
                    streaming: true
                    inputs:
                      other: $ingest_events
                      codes: {format: csv, path: codes.csv, header: true, sampling_ratio: 0.5}
                    transformer: derive
                    params: {columns: {x: y}}
                    transform:
                      steps:
                        - SELECT 1
                        - sql: SELECT 1
                        - sql_file: q.sql
                        - {type: sql, sql_file: q.sql}
                        - {function: derive, params: {columns: {x: y}}}
                  - name: old
                    enabled: false
                    streaming: {trigger: {available_now: true}, watermark: [{column: t, delay: 1s}], unbounded_state: accept}
                    read: {format: rate, rowsPerSecond: "${ROWS:-5}"}
                    write: {format: delta, path: x, options: }
              - pipeline: legacy
                layer: silver
                nodes:
                  - name: n
                    cache: true
                    read: {format: rate, streaming: true}
                    write:
                      format: delta
                      path: x
                      mode: append
                      streaming: {checkpoint_location: c, trigger: {processing_time: 1 minute}}
            """;

    @TempDir
    private Path temporary;

    private static String faults(String yaml) throws IOException {
        JsonNode document = YAML.readTree(yaml);
        return SCHEMA.validate(document).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @Test
    void acceptsWhatTheLoaderAccepts() throws IOException {
        Folder folder = new Folder(temporary).with("project.yaml", EXAMPLE).with("q.sql", "SELECT 1");
        folder.with("more.yaml", "vars: {x: 1}");

        assertThat(faults(EXAMPLE)).isEmpty();
        assertThat(folder.load().findings().hasErrors())
                .as(folder.text(folder.load()))
                .isFalse();
    }

    @Test
    void acceptsAPartOfAProjectAndAPipelineAlone() throws IOException {
        assertThat(faults("connections: {a: {type: local}}")).isEmpty();
        assertThat(faults("pipeline: p\nnodes: [{name: n, read: {format: rate}}]"))
                .isEmpty();
        assertThat(faults("pipeline: p\nnode: []")).contains("node");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "engine: spark | engine: pandas",
                "project: demo | projekt: demo",
                "type: kafka | type: kafk",
                "bootstrap_servers: | bootstrap_server:",
                "kafka.max.poll: 5 | kafka_max_poll: 5",
                "base_path: ./data | base_pat: ./data",
                "pipeline: realtime_events | pipeline: realtime-events",
                "name: ingest_events | nam: ingest_events",
                "output_mode: append | output_mode: appendd",
                "output_mode: append | output_mod: append",
                "enabled: true | enabled: maybe",
                "watermark: \"event_time, 5 minutes\" | watermark: event_time",
                "format: kafka | format: kafkaa",
                "maxOffsetsPerTrigger: \"100\" | maxOffsetsPerTrigger: many",
                "maxOffsetsPerTrigger: \"100\" | maxOffsetsPerTrigger: 0",
                "subscribe: raw_events, | ``",
                "startingOffsets: earliest | startingOffset: earliest",
                "mergeSchema: true | mergeSchem: true",
                "sampling_ratio: 0.5 | sampling_ratio: 2",
                "other: $ingest_events | other: ingest_events",
                "type: derive | type: derve",
                "columns: {a: b} | column: {a: b}",
                "function: derive | fun: derive",
                "unbounded_state: accept | unbounded_state: yes",
                "checkpoint_location: c, | ``",
                "mode: append | mode: merge",
                "prod: {spark | prod: {sparc",
            })
    void findsAPlantedFault(String good, String bad) throws IOException {
        String broken = EXAMPLE.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));

        assertThat(broken).isNotEqualTo(EXAMPLE);
        assertThat(faults(broken)).isNotEmpty();
    }

    @Test
    void carriesMeaningsChoicesDefaultsAndSecrets() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(TEXT);
        JsonNode kafka = schema.at("/definitions/connection/allOf/1/then/properties");

        assertThat(kafka.at("/security_protocol/default").asText()).isEqualTo("PLAINTEXT");
        assertThat(kafka.at("/security_protocol/anyOf/0/enum").toString()).isEqualTo("[\"PLAINTEXT\",\"SASL_SSL\"]");
        assertThat(kafka.at("/request_timeout/default").asText()).isEqualTo("30 seconds");
        assertThat(kafka.at("/sasl_password/description").asText()).isEqualTo("The password (a secret)");
        assertThat(schema.at("/definitions/streaming/properties/output_mode/default")
                        .asText())
                .isEqualTo("append");
        assertThat(schema.at("/definitions/project/properties/story/deprecated").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection", "pipeline", "node", "read", "write", "streaming", "step", "project"})
    void explainsEveryKey(String definition) throws IOException {
        JsonNode properties = new ObjectMapper().readTree(TEXT).at("/definitions/" + definition + "/properties");

        assertThat(properties)
                .isNotEmpty()
                .allSatisfy(property ->
                        assertThat(property.path("description").asText()).isNotBlank());
    }

    @Test
    void isTheSameTextEachTime() {
        assertThat(new JsonSchema().generate(PluginCatalog.of(List.of(new FakePlugin()))))
                .isEqualTo(TEXT);
    }
}
