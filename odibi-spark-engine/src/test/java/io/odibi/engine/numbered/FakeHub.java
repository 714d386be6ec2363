package io.odibi.engine.numbered;

import io.odibi.core.describe.Numbering;
import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.Source;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.streaming.Offset;
import org.apache.spark.sql.execution.streaming.SerializedOffset;
import org.apache.spark.sql.sources.StreamSourceProvider;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Some;
import scala.Tuple2;

/**
 * A system of partitions with numbered rows, and a source of Spark's first interface that reads it as the one for Event Hubs does: it
 * gives what is there, without a word of what is not.
 */
public final class FakeHub implements Plugin, Source, StreamSourceProvider {

    private static final Setting<Long> ROWS =
            Setting.optional("rows", ValueTypes.whole(1, 1000), "rows of a micro-batch");
    private static final Setting<Boolean> FAIL =
            Setting.withDefault("failOnDataLoss", ValueTypes.truth(), true, "whether gaps are refused");
    private static final StructType COLUMNS = StructType.fromDDL("partition INT, number BIGINT");

    /** For each partition, its first number and the one after its last. Of the process: Spark makes the source. */
    private static final Map<Integer, long[]> PARTITIONS = new TreeMap<>();

    /** Fills each partition with numbers from 0. */
    static synchronized void reset(int partitions, long rows) {
        PARTITIONS.clear();
        IntStream.range(0, partitions).forEach(partition -> PARTITIONS.put(partition, new long[] {0, rows}));
    }

    static synchronized void publish(int partition, long rows) {
        PARTITIONS.get(partition)[1] += rows;
    }

    static synchronized void expire(int partition, long before) {
        PARTITIONS.get(partition)[0] = before;
    }

    static synchronized void makeAnew(int partition, long rows) {
        PARTITIONS.put(partition, new long[] {0, rows});
    }

    private static synchronized List<Long> numbers(int partition, long from, long until) {
        long[] there = PARTITIONS.get(partition);
        return LongStream.range(Math.max(from, there[0]), Math.min(until, there[1]))
                .boxed()
                .toList();
    }

    private static synchronized String offset(int end) {
        return PARTITIONS.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue()[end])
                .collect(Collectors.joining(",", "{\"hub\":{", "}}"));
    }

    @Override
    public void contribute(Contributions to) {
        to.source("hub", this);
    }

    @Override
    public SettingsDeclaration settings() {
        return SettingsDeclaration.of("A hub", ROWS, FAIL);
    }

    @Override
    public SourceTraits traits() {
        return new SourceTraits(Set.of(Processing.STREAMING), SourceTraits.Replay.BY_OFFSET);
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        Optional<Long> rows = request.settings().find(ROWS);
        Numbering numbering = new Numbering(
                "number",
                rows.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                request.settings().get(FAIL) ? Gaps.REFUSED : Gaps.ACCEPTED);
        return Optional.of(new Scan.FormatScan(
                FakeHub.class.getName(),
                Optional.empty(),
                Options.none(),
                new ScanSchema.Fixed(COLUMNS.toDDL()),
                "hub",
                Optional.of(numbering)));
    }

    @Override
    public Tuple2<String, StructType> sourceSchema(
            SQLContext context,
            Option<StructType> schema,
            String name,
            scala.collection.immutable.Map<String, String> options) {
        return new Tuple2<>("hub", COLUMNS);
    }

    @Override
    public org.apache.spark.sql.execution.streaming.Source createSource(
            SQLContext context,
            String folder,
            Option<StructType> schema,
            String name,
            scala.collection.immutable.Map<String, String> options) {
        return new HubSource(context, new Path(folder, "0"));
    }

    private record HubSource(SQLContext context, Path first)
            implements org.apache.spark.sql.execution.streaming.Source {

        @Override
        public StructType schema() {
            return COLUMNS;
        }

        @Override
        public Option<Offset> getOffset() {
            noted();
            return new Some<>(new SerializedOffset(offset(1)));
        }

        private PartitionOffsets noted() {
            try {
                FileSystem files = first.getFileSystem(
                        context.sparkSession().sessionState().newHadoopConf());
                if (!files.exists(first)) {
                    try (FSDataOutputStream out = files.create(first)) {
                        out.write(("\0v1\n" + offset(0)).getBytes(StandardCharsets.UTF_8));
                    }
                }
            } catch (IOException fault) {
                throw new IllegalStateException(fault);
            }
            return new FirstOffset(first.getParent().toString(), context.sparkSession())
                    .read()
                    .orElseThrow();
        }

        @Override
        public Dataset<Row> getBatch(Option<Offset> start, Offset end) {
            Map<Integer, Long> from = (start.isDefined()
                            ? PartitionOffsets.read(start.get().json()).orElseThrow()
                            : noted())
                    .byName()
                    .get("hub");
            Map<Integer, Long> to =
                    PartitionOffsets.read(end.json()).orElseThrow().byName().get("hub");
            List<long[]> ranges = to.keySet().stream()
                    .map(partition -> new long[] {partition, from.get(partition), to.get(partition)})
                    .toList();
            RDD<InternalRow> rows = JavaSparkContext.fromSparkContext(context.sparkContext())
                    .parallelize(new ArrayList<>(ranges), ranges.size())
                    .flatMap(range -> rows((int) range[0], range[1], range[2]))
                    .rdd();
            return context.internalCreateDataFrame(rows, COLUMNS, true);
        }

        private static Iterator<InternalRow> rows(int partition, long from, long until) {
            return numbers(partition, from, until).stream()
                    .<InternalRow>map(number -> new GenericInternalRow(new Object[] {partition, number}))
                    .iterator();
        }

        @Override
        public void stop() {
            // Holds nothing.
        }
    }
}
