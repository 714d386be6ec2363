package io.odibi.engine.frames;

import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.CustomScan;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.model.Processing;
import io.odibi.core.plan.NodeId;
import io.odibi.core.plan.NodePlan;
import io.odibi.core.plan.Plan;
import io.odibi.core.plan.ReadPlan;
import io.odibi.core.plan.WritePlan;
import io.odibi.engine.numbered.NumberedReads;
import io.odibi.engine.session.EngineSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamReader;

/**
 * The frames of one run: reads the real systems, and keeps what each node has made for the nodes that build on it. What is kept is a
 * plan and not data: a node that builds on another's rows computes them itself, with only the columns and rows that it needs. Safe for
 * use by several threads.
 */
public final class RunFrames implements FrameSource {

    private final EngineSession session;
    private final Plan plan;
    private final ConcurrentMap<NodeId, Dataset<Row>> made = new ConcurrentHashMap<>();
    private final StreamNames names = new StreamNames();

    RunFrames(EngineSession session, Plan plan) {
        this.session = session;
        this.plan = plan;
    }

    /** Whether a node has been built before. */
    public boolean isMade(NodeId node) {
        return made.containsKey(node);
    }

    /** Keeps a node's rows for those who build on it. */
    public void put(NodeId node, Dataset<Row> rows) {
        made.put(node, rows);
    }

    @Override
    public Dataset<Row> upstream(NodeId node, Processing use) {
        Dataset<Row> rows = Optional.ofNullable(made.get(node))
                .orElseThrow(() -> new IllegalStateException("node '" + node + "' has not been built"));
        if (use == Processing.STREAMING || !rows.isStreaming()) {
            return rows;
        }
        return plan.find(node)
                .flatMap(NodePlan::write)
                .map(WritePlan::target)
                .filter(WrittenRows::areReadable)
                .map(target -> WrittenRows.read(session.spark(), target, rows.schema()))
                .orElse(rows);
    }

    @Override
    public Dataset<Row> read(ReadPlan read) {
        Dataset<Row> rows = rows(read);
        names.put(rows, read.scan().label());
        return rows;
    }

    /** Returns the names of the streams that rows are made of: {@link StreamNames#of}. */
    public List<String> streamsOf(Dataset<Row> rows) {
        return names.of(rows);
    }

    @SuppressWarnings("unchecked") // a scan for another engine does not fit and says so
    private Dataset<Row> rows(ReadPlan read) {
        read.connection().ifPresent(session::prepare);
        Scan scan = read.scan();
        if (scan instanceof FormatScan format) {
            Dataset<Row> rows = read.processing() == Processing.STREAMING ? stream(format) : batch(format);
            DeclaredColumns.check(format, rows.schema());
            return rows;
        }
        return ((CustomScan<Dataset<Row>>) scan).reader().read(session.spark());
    }

    private Dataset<Row> stream(FormatScan scan) {
        DataStreamReader reader = NumberedReads.reader(session.spark(), scan);
        DeclaredColumns.toReadWith(scan).ifPresent(reader::schema);
        return scan.location()
                .<Dataset<Row>>map(at -> at.fold(path -> reader.load(path.path()), table -> reader.table(table.name())))
                .orElseGet(reader::load);
    }

    private Dataset<Row> batch(FormatScan scan) {
        var reader = session.spark()
                .read()
                .format(scan.format())
                .options(scan.options().reveal());
        DeclaredColumns.toReadWith(scan).ifPresent(reader::schema);
        return scan.location()
                .<Dataset<Row>>map(at -> at.fold(path -> reader.load(path.path()), table -> reader.table(table.name())))
                .orElseGet(reader::load);
    }
}
