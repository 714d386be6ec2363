package io.odibi.engine;

import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.Sink;
import io.odibi.core.settings.SettingsDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The format {@code recording}: keeps the rows of each batch in memory, after a hook has let it pass. */
public final class RecordingSink implements Plugin, Sink {

    /** A batch that was written. */
    public record Written(BatchIdentity batch, List<String> rows) {}

    private final List<Written> batches = new CopyOnWriteArrayList<>();
    private final Consumer<BatchIdentity> before;
    private final Function<Dataset<Row>, List<Row>> take;

    public RecordingSink(Consumer<BatchIdentity> before) {
        this(before, Dataset::collectAsList);
    }

    private RecordingSink(Consumer<BatchIdentity> before, Function<Dataset<Row>, List<Row>> take) {
        this.before = before;
        this.take = take;
    }

    /** A sink that may not take all that it is given. */
    public static RecordingSink taking(Function<Dataset<Row>, List<Row>> rows) {
        return new RecordingSink(batch -> {}, rows);
    }

    public List<Written> batches() {
        return batches;
    }

    public List<String> rows() {
        return batches.stream().flatMap(batch -> batch.rows().stream()).toList();
    }

    @Override
    public void contribute(Contributions to) {
        to.sink("recording", this);
    }

    @Override
    public SettingsDeclaration settings() {
        return SettingsDeclaration.of("Batches in memory");
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        return new SinkTraits(
                Set.of(OutputMode.values()),
                Set.of(WriteMode.APPEND),
                WriteMode.APPEND,
                new Delivery(Guarantee.AT_LEAST_ONCE, "it forgets"));
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        return Optional.of(new BatchTarget<Dataset<Row>>(this::write, "recording"));
    }

    private void write(Dataset<Row> rows, BatchIdentity batch) {
        before.accept(batch);
        batches.add(new Written(
                batch, take.apply(rows).stream().map(row -> row.mkString(",")).toList()));
    }
}
