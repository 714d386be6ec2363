package io.odibi.testkit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.port.Transform;
import io.odibi.core.settings.Settings;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Position;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.Contract;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every transform keeps to. Extend it, and give settings and rows that they fit. Waive a behaviour that needs more than that. */
public abstract class TransformContract extends Contract {

    @TempDir
    Path folder = Path.of("");

    /** Made by JUnit. */
    protected TransformContract() {}

    /** The transform; the same or a new one at each call. */
    protected abstract Transform<Dataset<Row>> transform();

    /** Settings that fit {@link #input}. */
    protected abstract Mapping settings();

    /** Some rows. */
    protected abstract Dataset<Row> input(SparkSession session);

    /** What a stream needs before the step, such as a watermark; a batch gets it too. */
    protected Dataset<Row> prepare(Dataset<Row> input) {
        return input;
    }

    /** The output mode in which a stream gives the rows that a batch gives. */
    protected OutputMode outputMode() {
        return OutputMode.APPEND;
    }

    @Test
    void readsItsSettings() {
        assertThat(step().type()).isNotBlank();
    }

    @Test
    void refusesUnknownSettings() {
        Assumptions.assumeTrue(
                transform().settings().passThrough().isEmpty(), "takes settings that another system defines");
        Findings findings = new Findings();
        assertThat(transform().settings().read(ConfigValues.with(settings(), "no_such_setting_at_all", "x"), findings))
                .isEmpty();
        assertThat(findings.sorted()).extracting(Finding::code).contains(FindingCode.CONFIG_UNKNOWN_KEY);
    }

    @Test
    void saysTheSameOfAStreamEachTime() {
        StreamTrait trait = transform().streamTrait(step());
        assertThat(trait).isNotNull();
        assertThat(transform().streamTrait(step())).as("asked again").isEqualTo(trait);
    }

    @Test
    void appliesToAFrameWithoutRows() {
        SparkSession session = TestSpark.session();
        StructType columns = input(session).schema();
        Dataset<Row> empty = apply(prepare(session.createDataFrame(List.of(), columns)));
        assertThat(empty.schema().names())
                .as("columns, with and without rows")
                .isEqualTo(apply(prepare(input(session))).schema().names());
    }

    @Test
    void runsNothingWhenItIsApplied() {
        Assumptions.assumeFalse(
                transform().streamTrait(step()) == StreamTrait.BATCH_ONLY, "says that it runs its input");
        SparkSession session = TestSpark.session();
        Dataset<Row> input = prepare(input(session));
        assertThat(JobCounter.jobsOf(session.sparkContext(), () -> apply(input)))
                .as("jobs that applying the step starts")
                .isEmpty();
    }

    @Test
    void givesTheSameRowsInBatchAndAsAStream() throws Exception {
        StreamTrait trait = transform().streamTrait(step());
        Assumptions.assumeFalse(
                trait == StreamTrait.BATCH_ONLY
                        || (trait == StreamTrait.NEEDS_COMPLETE_INPUT && outputMode() != OutputMode.COMPLETE),
                "says that it takes no stream");
        SparkSession session = TestSpark.session();
        Dataset<Row> input = input(session);
        String data = folder.resolve("data").toUri().toString();
        input.write().parquet(data);
        List<String> batch =
                rows(apply(prepare(session.read().schema(input.schema()).parquet(data))));
        Dataset<Row> stream =
                apply(prepare(session.readStream().schema(input.schema()).parquet(data)));
        assertThat(stream.isStreaming()).as("a stream stays a stream").isTrue();
        assertThat(drained(stream)).as("rows of the stream, sorted").isEqualTo(batch);
    }

    private List<String> drained(Dataset<Row> stream) throws Exception {
        String table = "contract_" + UUID.randomUUID().toString().replace('-', '_');
        StreamingQuery query = stream.writeStream()
                .format("memory")
                .queryName(table)
                .outputMode(outputMode().word())
                .option(
                        "checkpointLocation",
                        folder.resolve("checkpoint").toUri().toString())
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        try {
            return rows(TestSpark.session().table(table));
        } finally {
            TestSpark.session().catalog().dropTempView(table);
        }
    }

    private Dataset<Row> apply(Dataset<Row> input) {
        return transform().apply(FrameInput.of(input), step());
    }

    private Step step() {
        Findings findings = new Findings();
        Optional<Settings> read = transform().settings().read(settings(), findings);
        assertThat(findings.sorted()).as("findings about settings()").noneMatch(Finding::isError);
        assertThat(read).as("settings").isPresent();
        return new Step("step_under_test", read.orElseThrow(), 1, new Position(ConfigValues.FILE, 1, 1));
    }

    private static List<String> rows(Dataset<Row> frame) {
        return frame.toJSON().collectAsList().stream().sorted().toList();
    }
}
