package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.odibi.core.model.ConnectionSpec;
import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.NodeSpec.Completeness;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.model.StepSpec;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import io.odibi.core.model.Trigger;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.model.WriteMode;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectLoaderTest {

    private static final String PLAN_PROJECT = """
            # project.yaml
            connections:
              kafka:
                type: kafka
                bootstrap_servers: "localhost:9092"

              silver:
                type: databricks
                catalog: main
                schema: silver
            """;
    private static final String PLAN_PIPELINE = """
            # pipeline.yaml
            pipelines:
              - pipeline: realtime_events
                description: "Process events in real-time from Kafka to Delta"

                nodes:
                  - name: ingest_events
                    description: "Ingest raw events from Kafka"
                    streaming:
                      enabled: true
                      checkpoint_location: "abfss://checkpoints/ingest_events"
                      trigger: "10 seconds"
                      output_mode: append
                      watermark: "event_time, 5 minutes"

                    read:
                      connection: kafka
                      format: kafka
                      options:
                        subscribe: raw_events
                        startingOffsets: earliest

                    transform:
                      steps:
                        - type: sql
                          query: |
                            SELECT
                              CAST(key AS STRING) as event_key,
                              CAST(value AS STRING) as event_json,
                              timestamp as kafka_timestamp,
                              from_json(CAST(value AS STRING), 'event_type STRING, event_time TIMESTAMP, payload STRING') as parsed
                            FROM {input}

                        - type: derive
                          columns:
                            event_type: "parsed.event_type"
                            event_time: "parsed.event_time"
                            payload: "parsed.payload"

                    write:
                      connection: silver
                      format: delta
                      table: events_stream
                      partition_by: ["event_type"]
            """;

    @TempDir
    private Path temporary;

    private Folder folder;

    @BeforeEach
    void makeFolder() {
        folder = new Folder(temporary.resolve("events"));
        folder.with("README.md", "not YAML: [");
    }

    /** A project with one node, whose keys are given. */
    private Folder node(String keys) {
        return folder.with(
                "project.yaml",
                "connections:\n  lake: {type: local}\npipelines:\n  - pipeline: p\n    nodes:\n      - name: n\n"
                        + keys.indent(8));
    }

    private NodeSpec onlyNode(String keys) {
        return Folder.node(node(keys).project(), "n");
    }

    private String findings(String keys) {
        Folder written = node(keys);
        return written.text(written.load());
    }

    private static String text(Mapping mapping, String key) {
        return mapping.find(key).map(entry -> ((Scalar) entry.value()).text()).orElseThrow();
    }

    @Test
    void loadsThePlansExampleAsWritten() {
        folder.with("project.yaml", PLAN_PROJECT).with("pipeline.yaml", PLAN_PIPELINE);

        ProjectSpec project = folder.project();

        assertThat(project.name()).isEqualTo("events");
        assertThat(project.folder()).isEqualTo(folder.path());
        ConnectionSpec kafka = project.connections().get("kafka");
        assertThat(kafka.type().value()).isEqualTo("kafka");
        assertThat(text(kafka.settings(), "bootstrap_servers")).isEqualTo("localhost:9092");
        assertThat(kafka.settings().find("type")).isEmpty();
        NodeSpec node = Folder.node(project, "ingest_events");
        StreamingSpec streaming = node.streaming().orElseThrow();
        assertThat(streaming.trigger().orElseThrow().value())
                .isEqualTo(new Trigger.ProcessingTime(Duration.ofSeconds(10)));
        assertThat(streaming.outputMode().value()).isEqualTo(OutputMode.APPEND);
        assertThat(streaming.checkpointLocation().orElseThrow().value()).isEqualTo("abfss://checkpoints/ingest_events");
        assertThat(streaming.watermarks()).singleElement().satisfies(watermark -> {
            assertThat(watermark.column()).isEqualTo("event_time");
            assertThat(watermark.delay()).isEqualTo(Duration.ofMinutes(5));
            assertThat(watermark.input()).isEmpty();
        });
        assertThat(streaming.stateGrowth()).isEqualTo(StateGrowth.BOUNDED);
        assertThat(node.read().orElseThrow().format().value()).isEqualTo("kafka");
        assertThat(text(node.read().orElseThrow().settings(), "subscribe")).isEqualTo("raw_events");
        assertThat(node.steps()).extracting(step -> step.type().value()).containsExactly("sql", "derive");
        assertThat(node.write().orElseThrow().partitionBy())
                .extracting(Located::value)
                .containsExactly("event_type");
        assertThat(node.completeness()).isEqualTo(Completeness.WHOLE);
    }

    @Test
    void mapsCharactersOfASqlBlockToTheFile() {
        folder.with("project.yaml", PLAN_PROJECT).with("pipeline.yaml", PLAN_PIPELINE);
        StepSpec sql = Folder.node(folder.project(), "ingest_events").steps().get(0);
        Scalar query = (Scalar) sql.settings().find("query").orElseThrow().value();

        // Line 3 of the query is the second CAST; '{input}' ends it.
        assertThat(query.origin().locate(3, 3)).isEqualTo(place("pipeline.yaml", 29, 19));
        assertThat(query.origin().locate(6, 6)).isEqualTo(place("pipeline.yaml", 32, 22));
        assertThat(query.at()).isEqualTo(place("pipeline.yaml", 26, 22));
        assertThat(sql.at()).isEqualTo(place("pipeline.yaml", 25, 15));
    }

    private Position place(String file, int line, int column) {
        return new Position(folder.path().resolve(file).toString(), line, column);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT wrong FROM df   | LINE    | 8",
                "\"SELECT wrong FROM df\" | LINE    | 9",
                "'SELECT wrong FROM df' | LINE    | 9",
                "'SELECT ''x'' FROM df' | UNKNOWN | 1",
                "\"SELECT \\\"x\\\" FROM df\" | UNKNOWN | 1",
            })
    void mapsCharactersOfOneLineToTheFile(String query, String layout, int column) {
        NodeSpec node = onlyNode("read: {format: rate}\ntransform:\n  steps:\n    - " + query);
        Scalar text = (Scalar)
                node.steps().get(0).settings().find("query").orElseThrow().value();

        assertThat(text.origin().layout()).hasToString(layout);
        Position start = text.origin().locate(1, 1);
        Position wrong = text.origin().locate(1, 8);
        assertThat(wrong.column() - start.column()).isEqualTo(layout.equals("LINE") ? 7 : 0);
        assertThat(start.column()).isEqualTo(15 + (layout.equals("LINE") ? column - 8 : 1));
    }

    @Test
    void appliesTheDefaultsOfAStream() {
        StreamingSpec streaming =
                onlyNode("streaming: true\nread: {format: rate}").streaming().orElseThrow();

        assertThat(streaming.trigger()).isEmpty();
        assertThat(streaming.outputMode().value()).isEqualTo(OutputMode.APPEND);
        assertThat(streaming.checkpointLocation()).isEmpty();
        assertThat(onlyNode("streaming: {unbounded_state: accept}\nread: {format: rate}")
                        .streaming()
                        .orElseThrow()
                        .stateGrowth())
                .isEqualTo(StateGrowth.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"streaming: false", "streaming: {enabled: false, trigger: once}", ""})
    void runsInBatchWhatIsNoStream(String streaming) {
        assertThat(onlyNode(streaming + "\nread: {format: rate}").streaming()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trigger: once | available now",
                "trigger: availableNow | available now",
                "trigger: available_now | available now",
                "trigger: {available_now: true} | available now",
                "trigger: {once: true} | available now",
                "trigger: 5m | every 5 minutes",
                "trigger: PT10S | every 10 seconds",
                "trigger: 0 seconds | every 0 seconds",
                "trigger: {processing_time: 1 hour 30 minutes} | every 1 hour 30 minutes",
                "processing_time: 500 ms | every 500 milliseconds",
            })
    void readsEveryFormOfATrigger(String written, String trigger) {
        assertThat(onlyNode("streaming:\n  " + written + "\nread: {format: rate}")
                        .streaming()
                        .flatMap(StreamingSpec::trigger)
                        .map(Located::value))
                .hasValueSatisfying(read -> assertThat(read).hasToString(trigger));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10 microseconds", "50 ms", "8 days", "-1 second", "banana", "10", "{once: false}", "[]", "~"})
    void refusesATriggerThatIsNone(String written) {
        assertThat(findings("streaming:\n  trigger: " + written + "\nread: {format: rate}"))
                .contains("project.yaml:8:")
                .containsPattern("CONFIG_(VALUE|CONFLICT)")
                .contains("1 error in 1 file");
    }

    @Test
    void readsEveryFormOfAWatermark() {
        assertThat(onlyNode("""
                                streaming:
                                  watermark:
                                    - event_time, 10 minutes
                                    - {column: seen_at, delay: 1 hour, input: other}
                                read: {format: rate}
                                inputs: {other: $n2}
                                """).streaming().orElseThrow().watermarks())
                .extracting(WatermarkSpec::input, WatermarkSpec::column, WatermarkSpec::delay)
                .containsExactly(
                        tuple(Optional.empty(), "event_time", Duration.ofMinutes(10)),
                        tuple(Optional.of("other"), "seen_at", Duration.ofHours(1)));
    }

    @Test
    void saysWhatIsWrongWithAWatermark() {
        assertThat(findings("streaming: {watermark: \"ts, 1 month\"}\nread: {format: rate}"))
                .contains("the delay of 'watermark' cannot be '1 month'", "fix   say it in days, such as '30 days'");
        assertThat(findings("streaming: {watermark: [\"a, 1s\", \"b, 1s\"]}\nread: {format: rate}"))
                .contains("the node's read has two watermarks [CONFIG_CONFLICT]");
        assertThat(findings("streaming: {watermark: {column: a, delay: 1s, input: othr}}\nread: {format: rate}\n"
                        + "inputs: {other: $n2}"))
                .contains("the watermark's input 'othr' is no input of the node", "did you mean 'other'?");
        assertThat(findings("streaming: {watermark: ts}\nread: {format: rate}")).contains("'watermark' cannot be 'ts'");
    }

    @Test
    void readsEveryFormOfAStep() {
        folder.with("q.sql", "SELECT 1\r\nFROM df");
        NodeSpec node = onlyNode("""
                read: {format: rate}
                transformer: deduplicate
                params: {keys: [id]}
                transform:
                  steps:
                    - SELECT * FROM df
                    - sql: SELECT 2
                    - sql_file: q.sql
                    - {type: sql, sql_file: q.sql}
                    - {function: derive_columns, params: {derivations: {a: b}}}
                    - {operation: drop, columns: [x]}
                    - {type: limit, params: {n: 5}, offset: 2}
                """);

        assertThat(node.steps())
                .extracting(step -> step.type().value())
                .containsExactly("deduplicate", "sql", "sql", "sql", "sql", "derive_columns", "drop", "limit");
        assertThat(node.steps().get(0).settings().find("keys")).isPresent();
        assertThat(text(node.steps().get(1).settings(), "query")).isEqualTo("SELECT * FROM df");
        assertThat(text(node.steps().get(2).settings(), "query")).isEqualTo("SELECT 2");
        Scalar file = (Scalar)
                node.steps().get(3).settings().find("query").orElseThrow().value();
        assertThat(file.text()).isEqualTo("SELECT 1\nFROM df");
        assertThat(file.origin().locate(2, 6)).isEqualTo(place("q.sql", 2, 6));
        assertThat(node.steps().get(5).settings().find("derivations")).isPresent();
        assertThat(node.steps().get(6).settings().find("columns")).isPresent();
        assertThat(node.steps().get(7).settings().entries())
                .extracting(Mapping.Entry::key)
                .containsExactlyInAnyOrder("n", "offset");
    }

    @Test
    void saysWhatIsWrongWithAStep() {
        assertThat(findings("""
                        read: {format: rate}
                        transform:
                          steps:
                            - {query: SELECT 1}
                            - {sql: SELECT 1, function: drop}
                            - {type: limit, n: 1, params: {n: 2}}
                            - {sql_file: none.sql}
                            - [a]
                            - ""
                        """))
                .contains(
                        "project.yaml:10:15: 'type' is missing [CONFIG_MISSING_KEY]",
                        "hint  add 'type: sql'",
                        "project.yaml:11:41: a step cannot have both",
                        "project.yaml:12:44: 'n' is set twice [CONFIG_CONFLICT]",
                        "none.sql' [CONFIG_IMPORT]",
                        "'step' cannot be a list [CONFIG_VALUE]",
                        "at    pipelines[p].nodes[n].transform.steps[0]",
                        "6 errors in 1 file");
    }

    @Test
    void readsTheStreamOfThePythonOdibi() {
        NodeSpec node = onlyNode("""
                read: {connection: lake, format: json, path: in, streaming: true, schema_ddl: "id STRING"}
                write:
                  connection: lake
                  format: delta
                  path: out
                  streaming: {checkpoint_location: _chk/n, output_mode: update, trigger: {available_now: true}}
                """);

        StreamingSpec streaming = node.streaming().orElseThrow();
        assertThat(streaming.checkpointLocation().orElseThrow().value()).isEqualTo("_chk/n");
        assertThat(streaming.outputMode().value()).isEqualTo(OutputMode.UPDATE);
        assertThat(streaming.trigger().orElseThrow().value()).isEqualTo(new Trigger.AvailableNow());
        assertThat(node.read().orElseThrow().processing().orElseThrow().value()).isEqualTo(Processing.STREAMING);
        assertThat(node.read().orElseThrow().settings().entries())
                .extracting(Mapping.Entry::key)
                .containsExactly("schema_ddl");
        assertThat(node.write().orElseThrow().settings().entries()).isEmpty();
    }

    @Test
    void refusesTwoPlacesForOneStream() {
        assertThat(findings("""
                        streaming: true
                        read: {format: rate}
                        write: {format: delta, path: x, streaming: {checkpoint_location: c}}
                        """))
                .contains("project.yaml:9:52: 'streaming' stands both at the node and under 'write' [CONFIG_CONFLICT]");
        assertThat(findings("""
                        read: {format: rate}
                        write: {format: delta, path: x, streaming: {checkpoint_location: c}}
                        """)).contains("the write is a stream, but the read is not [CONFIG_CONFLICT]");
        assertThat(findings("streaming: false\nread: {format: rate, streaming: true}"))
                .contains("the read is a stream, but the node runs in batch [CONFIG_CONFLICT]");
    }

    @Test
    void wantsACheckpointUnderWrite() {
        assertThat(findings("""
                        read: {format: rate, streaming: true}
                        write: {format: delta, path: x, streaming: {query_name: q}}
                        """))
                .contains("'checkpoint_location' is missing", "'query_name' has no effect [CONFIG_DEPRECATED]");
    }

    @Test
    void saysWhereTheCheckpointOfATutorialBelongs() {
        assertThat(findings("""
                        streaming: true
                        read: {format: kafka, options: {subscribe: t}}
                        write: {format: delta, path: x, options: {checkpointLocation: /chk/n}}
                        """))
                .contains(
                        "project.yaml:9:51: 'checkpointLocation' is no setting of a write [CONFIG_CONFLICT]",
                        "fix   take it out, and write 'streaming: {checkpoint_location: \"/chk/n\"}' at the node");
    }

    @Test
    void readsInputs() {
        NodeSpec node = onlyNode("""
                inputs:
                  a: $other.x
                  b: $y
                  c: {connection: lake, format: csv, path: c.csv, header: true}
                """);

        InputSpec.OfNode a = (InputSpec.OfNode) node.inputs().get("a");
        assertThat(a.pipeline()).contains("other");
        assertThat(a.node().value()).isEqualTo("x");
        assertThat(((InputSpec.OfNode) node.inputs().get("b")).pipeline()).isEmpty();
        InputSpec.OfRead c = (InputSpec.OfRead) node.inputs().get("c");
        assertThat(c.read().settings().find("header")).isPresent();
        assertThat(findings("inputs: {a: other.x, 'b c': $y}"))
                .contains("fix   write '$other.x'", "'an input's name' cannot be 'b c'");
    }

    @Test
    void mergesOptionsWithWhatStandsBesideThem() {
        NodeSpec node =
                onlyNode("read: {format: csv, path: a, header: true, options: {sep: ';'}}\nwrite: {format: delta,"
                        + " table: t, mode: append-once, partition_by: d, options: }");

        assertThat(node.read().orElseThrow().settings().entries())
                .extracting(Mapping.Entry::key)
                .containsExactly("header", "sep");
        assertThat(node.write().orElseThrow().mode().orElseThrow().value()).isEqualTo(WriteMode.APPEND_ONCE);
        assertThat(findings("read: {format: csv, path: a, sep: ',', options: {sep: ';'}}"))
                .contains("project.yaml:7:58: 'sep' is set twice [CONFIG_CONFLICT]", "why   it stands outside too");
    }

    @Test
    void tellsAllFaultsAtOnceWithTheirPaths() {
        Folder bad = folder.with("project.yaml", """
                engine: pandas
                connections:
                  kafka: {bootstrap_servers: x}
                pipelines:
                  - pipeline: realtime events
                    nodes:
                      - name: ../x
                        streaming: {output_mod: append}
                        read: {connection: kafka, fromat: kafka}
                      - depends_on: [b]
                        write: {format: delta, mode: swap}
                        enable: false
                """);

        assertThat(bad.text(bad.load())).isEqualTo("""
                        project.yaml:1:9: 'engine' cannot be 'pandas' [CONFIG_VALUE]
                            allow one of spark
                            fix   write 'engine: spark', or take the key out
                        project.yaml:3:10: 'type' is missing [CONFIG_MISSING_KEY]
                            at    connections[kafka]
                            why   The kind of system; its own settings stand beside
                            allow a connection type's name
                        project.yaml:5:15: 'pipeline' cannot be 'realtime events' [CONFIG_VALUE]
                            at    pipelines[realtime events]
                            allow a name of letters, digits and '_', at most 128, that does not start with a digit
                        project.yaml:7:15: 'name' cannot be '../x' [CONFIG_VALUE]
                            at    pipelines[realtime events].nodes[../x]
                            allow a name of letters, digits and '_', at most 128, that does not start with a digit
                        project.yaml:8:21: unknown key 'output_mod' [CONFIG_UNKNOWN_KEY]
                            at    pipelines[realtime events].nodes[../x].streaming
                            allow enabled, trigger, processing_time, output_mode, checkpoint_location, watermark, unbounded_state, restart, unhealthy_factor
                            hint  did you mean 'output_mode'?
                        project.yaml:9:15: 'format' is missing [CONFIG_MISSING_KEY]
                            at    pipelines[realtime events].nodes[../x].read
                            why   The format of the data
                            allow a format's name
                            hint  is 'fromat' at project.yaml:9:35 meant to be it?
                        project.yaml:10:9: 'name' is missing [CONFIG_MISSING_KEY]
                            at    pipelines[realtime events].nodes[1]
                            why   The node's name: unique in its pipeline, and the view of its result in SQL
                            allow a name of letters, digits and '_', at most 128, that does not start with a digit
                        project.yaml:11:38: 'mode' cannot be 'swap' [CONFIG_VALUE]
                            at    pipelines[realtime events].nodes[1].write
                            allow one of overwrite, append, upsert, append_once, merge
                        project.yaml:12:9: unknown key 'enable' [CONFIG_UNKNOWN_KEY]
                            at    pipelines[realtime events].nodes[1]
                            allow name, description, depends_on, streaming, read, inputs, transform, transformer, params, write, enabled, tags
                            hint  did you mean 'enabled'?
                        9 errors in 1 file
                        """);
    }

    @Test
    void tellsTheFaultsOfANodeWithoutAName() {
        Folder bad = folder.with("project.yaml", """
                pipelines:
                  - pipeline: p
                    nodes:
                      - name: [a]
                        streaming: maybe
                        read: lake
                """);

        assertThat(bad.text(bad.load()))
                .contains("4:15: 'name' cannot be a list", "5:20: 'streaming' cannot be", "6:15: 'read' cannot be");
    }

    @Test
    void goesOnWithWhatIsLeftOfAFaultyNode() {
        Loaded loaded =
                node("streaming: {output_mod: update}\nread: {format: rate}").load();

        NodeSpec left = Folder.node(loaded.project().orElseThrow(), "n");
        assertThat(left.completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(left.streaming()).isPresent();
        assertThat(left.read()).isPresent();
    }

    @Test
    void leavesOutDisabledNodesAndWhatDependsOnThem() {
        ProjectSpec project = folder.with("project.yaml", """
                        pipelines:
                          - pipeline: a
                            nodes:
                              - {name: off, enabled: false, read: {format: rate}}
                              - {name: child, depends_on: [off]}
                              - {name: on, read: {format: rate}}
                          - pipeline: b
                            nodes:
                              - {name: grandchild, inputs: {x: $a.child}}
                              - {name: own, inputs: {x: $a.on}}
                        """).project();

        assertThat(project.pipelines().get(0).nodes())
                .extracting(n -> n.name().value())
                .containsExactly("on");
        assertThat(project.pipelines().get(1).nodes())
                .extracting(n -> n.name().value())
                .containsExactly("own");
    }

    @Test
    void flattensTheSettingsOfSpark() {
        ProjectSpec project = folder.with("project.yaml", """
                        spark:
                          spark.sql.shuffle.partitions: 4
                          sql: {session: {timeZone: UTC}}
                          spark: {ui: {enabled: false}}
                        state_location: state
                        pipelines: []
                        """).project();

        assertThat(project.engine())
                .hasToString(
                        "{spark.sql.shuffle.partitions=4, spark.sql.session.timeZone=UTC, spark.ui.enabled=false}");
        assertThat(project.stateLocation().orElseThrow().value()).isEqualTo("state");
    }

    @Test
    void warnsOfKeysThatDoNothingAndRefusesThoseThatWouldChangeRows() {
        Folder old = folder.with("project.yaml", """
                project: old
                engine: spark
                story: {connection: lake, path: stories}
                system: {connection: lake}
                pipelines:
                  - pipeline: p
                    layer: silver
                    nodes:
                      - name: n
                        cache: true
                        read: {format: rate}
                        privacy: {method: mask}
                """);

        assertThat(old.lines(old.load())).isEqualTo("""
                        project.yaml:3:1: warning: 'story' has no effect [CONFIG_DEPRECATED]
                        project.yaml:4:1: warning: 'system' has no effect [CONFIG_DEPRECATED]
                        project.yaml:7:5: warning: 'layer' has no effect [CONFIG_DEPRECATED]
                        project.yaml:10:9: warning: 'cache' has no effect [CONFIG_DEPRECATED]
                        project.yaml:12:9: 'privacy' cannot stand here [CONFIG_UNKNOWN_KEY]
                        """);
    }

    @Test
    void loadsAHundredNodes() {
        StringBuilder nodes =
                new StringBuilder("connections:\n  lake: {type: local}\npipelines:\n  - pipeline: p\n    nodes:\n");
        for (int i = 0; i < 100; i++) {
            nodes.append(PLAN_PIPELINE
                    .substring(PLAN_PIPELINE.indexOf("      - name"))
                    .replace("ingest_events", "node_" + i));
        }
        folder.with("project.yaml", nodes.toString());

        ProjectSpec project = folder.project();

        assertThat(project.pipelines().get(0).nodes()).hasSize(100);
    }
}
