package io.odibi.connector.kafka;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.text.Position;
import io.odibi.testkit.ConfigValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Describes connections, reads and writes from settings; what was found is kept. */
final class Given {

    private final Findings findings = new Findings();

    Optional<Connection> connection(Object... settings) {
        KafkaConnection type = new KafkaConnection();
        return type.settings()
                .read(ConfigValues.mapping(settings), findings)
                .flatMap(read -> type.describe(new ConnectionRequest("events", "kafka", read, Path.of(".")), findings));
    }

    Optional<FormatScan> read(Processing processing, Object... settings) {
        return read(processing, address(), settings);
    }

    Optional<FormatScan> read(Processing processing, DataAddress address, Object... settings) {
        KafkaSource source = new KafkaSource();
        return source.settings()
                .read(ConfigValues.mapping(settings), findings)
                .flatMap(read -> source.describe(new ReadRequest(address, processing, read), findings))
                .map(FormatScan.class::cast);
    }

    Optional<FormatTarget> write(WriteRequest request) {
        return new KafkaSink().describe(request, findings).map(FormatTarget.class::cast);
    }

    Optional<FormatTarget> write(Object... settings) {
        return new KafkaSink()
                .settings()
                .read(ConfigValues.mapping(settings), findings)
                .map(read -> new WriteRequest(address(), Processing.STREAMING, Optional.empty(), List.of(), read))
                .flatMap(this::write);
    }

    List<Finding> findings() {
        return findings.sorted();
    }

    /** The one finding that there has to be. */
    Finding finding() {
        List<Finding> all = findings.sorted();
        if (all.size() != 1) {
            throw new AssertionError("expected one finding, but there are: " + all);
        }
        return all.get(0);
    }

    static DataAddress address() {
        return new DataAddress(
                Optional.of(Connection.toSystem(
                        "events",
                        "kafka",
                        Options.none()
                                .with("kafka.bootstrap.servers", "localhost:9092")
                                .with("kafka.security.protocol", "PLAINTEXT"))),
                Optional.empty(),
                Optional.empty(),
                new Position(ConfigValues.FILE, 1, 1));
    }
}
