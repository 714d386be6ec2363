package io.odibi.core.planning;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.Step;
import io.odibi.core.describe.Storage;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One of each kind, without an engine: a stream, a table, and transforms with each trait. */
public final class FakePlugin implements Plugin {

    /** A transform that needs its whole input. */
    public static final Transform<String> SORT = new FakeTransform(StreamTrait.NEEDS_COMPLETE_INPUT);

    private static final SettingsDeclaration NOTHING = SettingsDeclaration.of("Nothing");

    @Override
    public void contribute(Contributions to) {
        to.connection("local", new Local());
        to.source("stream", new FakeSource(Set.of(Processing.STREAMING, Processing.BATCH)));
        to.source("table", new FakeSource(Set.of(Processing.BATCH)));
        to.sink("table", new Table());
        to.transform("sort", SORT);
        to.transform("keep", new FakeTransform(StreamTrait.STATELESS));
        to.transform("distinct", new FakeTransform(StreamTrait.STATEFUL));
        to.transform("collect", new FakeTransform(StreamTrait.BATCH_ONLY));
    }

    private static final class Local implements ConnectionType {
        private static final Setting<String> BASE = Setting.required("base_path", ValueTypes.text(), "Where files are");

        @Override
        public SettingsDeclaration settings() {
            return SettingsDeclaration.of("Files", BASE);
        }

        @Override
        public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
            return Optional.of(Connection.toStorage(
                    request.name(),
                    request.type(),
                    new Storage(request.settings().get(BASE)),
                    Options.none()));
        }
    }

    private record FakeSource(Set<Processing> processing) implements Source {
        @Override
        public SettingsDeclaration settings() {
            return NOTHING;
        }

        @Override
        public SourceTraits traits() {
            return new SourceTraits(processing, SourceTraits.Replay.BY_OFFSET);
        }

        @Override
        public Optional<Scan> describe(ReadRequest request, Findings findings) {
            return Optional.of(new Scan.FormatScan(
                    "fake", Optional.empty(), Options.none(), new ScanSchema.Fixed("id BIGINT"), "fake"));
        }
    }

    private static final class Table implements Sink {
        @Override
        public SettingsDeclaration settings() {
            return NOTHING;
        }

        @Override
        public SinkTraits traits(WriteRequest request) {
            return new SinkTraits(
                    Set.of(OutputMode.APPEND, OutputMode.COMPLETE),
                    Set.of(WriteMode.OVERWRITE),
                    WriteMode.OVERWRITE,
                    new Delivery(Delivery.Guarantee.EXACTLY_ONCE, "it is a fake"));
        }

        @Override
        public Optional<Target> describe(WriteRequest request, Findings findings) {
            return request.address()
                    .locate("table", findings)
                    .map(location -> new Target.FormatTarget(
                            "fake", Optional.of(location), List.of(), Options.none(), "fake " + location));
        }
    }

    private record FakeTransform(StreamTrait trait) implements Transform<String> {
        @Override
        public SettingsDeclaration settings() {
            return NOTHING;
        }

        @Override
        public StreamTrait streamTrait(Step step) {
            return trait;
        }

        @Override
        public String apply(StepInput<String> input, Step step) {
            return input.current().orElse("") + trait;
        }
    }
}
