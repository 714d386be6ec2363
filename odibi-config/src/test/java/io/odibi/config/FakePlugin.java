package io.odibi.config;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.port.StepInput;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.time.Duration;
import java.util.Optional;

/** Declarations as connectors have them; nothing of it can run. */
final class FakePlugin implements Plugin {

    @Override
    public void contribute(Contributions to) {
        to.connection(
                "kafka",
                connection(SettingsDeclaration.of(
                                "A Kafka cluster",
                                Setting.required("bootstrap_servers", ValueTypes.text(), "The brokers"),
                                Setting.withDefault(
                                        "security_protocol",
                                        ValueTypes.choice("PLAINTEXT", "SASL_SSL"),
                                        "PLAINTEXT",
                                        "How to talk to the brokers"),
                                Setting.optional("sasl_password", ValueTypes.secret(), "The password"),
                                Setting.withDefault(
                                        "request_timeout",
                                        ValueTypes.duration(Duration.ofSeconds(1), Duration.ofMinutes(5)),
                                        Duration.ofSeconds(30),
                                        "How long to wait"))
                        .passing("kafka.", "Any option of the Kafka client")));
        to.connection(
                "local",
                connection(SettingsDeclaration.of(
                        "A folder", Setting.optional("base_path", ValueTypes.text("a path"), "Where it is"))));
        to.connection(
                "databricks",
                connection(SettingsDeclaration.of(
                        "A catalog",
                        Setting.required("catalog", ValueTypes.text(), "The catalog"),
                        Setting.required("schema", ValueTypes.text(), "The schema"))));
        to.source(
                "kafka",
                source(SettingsDeclaration.of(
                        "Records of a topic",
                        Setting.required("subscribe", ValueTypes.list(ValueTypes.text("a topic")), "The topics"),
                        Setting.optional("startingOffsets", ValueTypes.text(), "Where to start"),
                        Setting.optional(
                                "maxOffsetsPerTrigger", ValueTypes.whole(1, Long.MAX_VALUE), "Rows per micro-batch"),
                        Setting.optional("failOnDataLoss", ValueTypes.truth(), "Whether lost rows end the query"))));
        to.source(
                "csv",
                source(SettingsDeclaration.of(
                                "CSV files",
                                Setting.optional("sampling_ratio", ValueTypes.decimal(0, 1), "Rows to look at"))
                        .passing("", "Any option of Spark")));
        to.source(
                "rate",
                source(SettingsDeclaration.of(
                        "Rows made up",
                        Setting.optional("rowsPerSecond", ValueTypes.whole(1, 1_000_000), "How many"))));
        to.sink("delta", new FakeSink());
        to.transform(
                "sql",
                transform(SettingsDeclaration.of(
                        "A query", Setting.required("query", ValueTypes.source("a SQL query"), "The query"))));
        to.transform(
                "derive",
                transform(SettingsDeclaration.of(
                        "Adds columns",
                        Setting.required(
                                "columns", ValueTypes.map(ValueTypes.source("a SQL expression")), "The columns"))));
    }

    private static ConnectionType connection(SettingsDeclaration declaration) {
        return new ConnectionType() {
            @Override
            public SettingsDeclaration settings() {
                return declaration;
            }

            @Override
            public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
                return Optional.empty();
            }
        };
    }

    private static Source source(SettingsDeclaration declaration) {
        return new Source() {
            @Override
            public SettingsDeclaration settings() {
                return declaration;
            }

            @Override
            public SourceTraits traits() {
                throw new AssertionError("nothing is planned here");
            }

            @Override
            public Optional<Scan> describe(ReadRequest request, Findings findings) {
                return Optional.empty();
            }
        };
    }

    private static Transform<Object> transform(SettingsDeclaration declaration) {
        return new Transform<>() {
            @Override
            public SettingsDeclaration settings() {
                return declaration;
            }

            @Override
            public StreamTrait streamTrait(Step step) {
                return StreamTrait.STATELESS;
            }

            @Override
            public Object apply(StepInput<Object> input, Step step) {
                throw new AssertionError("nothing runs here");
            }
        };
    }

    private static final class FakeSink implements Sink {
        private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                "A Delta table", Setting.optional("mergeSchema", ValueTypes.truth(), "Whether new columns are added"));

        @Override
        public SettingsDeclaration settings() {
            return SETTINGS;
        }

        @Override
        public SinkTraits traits(WriteRequest request) {
            throw new AssertionError("nothing is planned here");
        }

        @Override
        public Optional<Target> describe(WriteRequest request, Findings findings) {
            return Optional.empty();
        }
    }
}
