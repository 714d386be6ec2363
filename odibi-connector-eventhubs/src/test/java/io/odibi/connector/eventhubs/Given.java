package io.odibi.connector.eventhubs;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.Target.FormatTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.text.Position;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.Contract;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Describes connections, reads and writes from settings; what was found is kept. */
final class Given {

    static final String STRING = "Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=odibi;SharedAccessKey="
            + Contract.CANARY + "=";

    private final Findings findings = new Findings();

    Optional<Connection> connection(Object... settings) {
        EventHubsConnection type = new EventHubsConnection();
        return type.settings()
                .read(ConfigValues.mapping(settings), findings)
                .flatMap(read ->
                        type.describe(new ConnectionRequest("events", "eventhubs", read, Path.of(".")), findings));
    }

    Optional<FormatScan> read(Processing processing, DataAddress address, Object... settings) {
        EventHubsSource source = new EventHubsSource();
        return source.settings()
                .read(ConfigValues.mapping(settings), findings)
                .flatMap(read -> source.describe(new ReadRequest(address, processing, read), findings))
                .map(FormatScan.class::cast);
    }

    Optional<FormatScan> stream(Object... settings) {
        return read(Processing.STREAMING, amqp(), settings);
    }

    Optional<FormatScan> batch(Object... settings) {
        return read(Processing.BATCH, amqp(), settings);
    }

    Optional<FormatTarget> write(DataAddress address, Object... settings) {
        EventHubsSink sink = new EventHubsSink();
        return sink.settings()
                .read(ConfigValues.mapping(settings), findings)
                .flatMap(read -> sink.describe(
                        new WriteRequest(address, Processing.STREAMING, Optional.empty(), List.of(), read), findings))
                .map(FormatTarget.class::cast);
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

    static DataAddress amqp() {
        return through("connection_string", STRING, "event_hub", "orders");
    }

    static DataAddress kafka() {
        return through("connection_string", STRING, "event_hub", "orders", "protocol", "kafka");
    }

    /** The address of a read or write through such a connection. */
    static DataAddress through(Object... settings) {
        return new DataAddress(
                Optional.of(new Given().connection(settings).orElseThrow()),
                Optional.empty(),
                Optional.empty(),
                new Position(ConfigValues.FILE, 1, 1));
    }
}
