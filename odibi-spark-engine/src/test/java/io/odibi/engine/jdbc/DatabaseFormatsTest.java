package io.odibi.engine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.testkit.Addresses;
import io.odibi.testkit.ConfigValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseFormatsTest {

    private static final DatabaseFormat JDBC = DatabaseFormat.any("jdbc");
    private static final Position AT = new Position("p.yaml", 7, 7);

    private final Findings findings = new Findings();

    @Test
    void readsATableByItsNameInQuotes() {
        FormatScan scan = scan(Given.table("sales.Orders"));

        assertThat(scan.format()).isEqualTo("jdbc");
        assertThat(scan.label()).isEqualTo("jdbc sales.Orders");
        assertThat(scan.options().plain())
                .containsEntry("dbtable", "\"sales\".\"Orders\"")
                .containsEntry("fetchsize", "5000")
                .containsEntry("url", "jdbc:postgresql://localhost/shop");
        assertThat(scan.options().secret()).containsOnlyKeys("password");
    }

    @Test
    void readsAQueryByRanges() {
        FormatScan scan = scan(
                Addresses.through(Given.connection("jdbc:postgresql://localhost/shop")),
                "query",
                "SELECT * FROM orders -- all; \n; ",
                "partition_column",
                "id",
                "lower_bound",
                1,
                "upper_bound",
                100,
                "num_partitions",
                4);

        assertThat(scan.label()).isEqualTo("jdbc query of shop");
        assertThat(scan.options().plain())
                .containsEntry("dbtable", "(SELECT * FROM orders -- all; \n\n) odibi_query")
                .containsEntry("partitionColumn", "id")
                .containsEntry("lowerBound", "1")
                .containsEntry("upperBound", "100")
                .containsEntry("numPartitions", "4");
    }

    @Test
    void saysWhatAReadLacksOrHasTwice() {
        assertThat(refusalOfRead(Given.table("t"), "query", "SELECT 1"))
                .isEqualTo("'query' and 'table' exclude each other");
        assertThat(refusalOfRead(Addresses.through(Given.connection("jdbc:postgresql://x/y"))))
                .isEqualTo("format 'jdbc' needs either 'table' or 'query'");
        assertThat(refusalOfRead(Given.table("t"), "partition_column", "id", "num_partitions", 2))
                .isEqualTo("'partition_column' needs 'lower_bound', 'upper_bound'");
        assertThat(refusalOfRead(Addresses.none(), "query", "SELECT 1"))
                .isEqualTo("format 'jdbc': no connection is named");
        assertThat(refusalOfRead(Given.table("a..b"))).isEqualTo("'table' cannot be this");
    }

    @Test
    void takesOnlyConnectionsThatTheFormatIsFor() {
        Findings told = new Findings();
        Settings none = read(new DatabaseSource(JDBC).settings(), ConfigValues.mapping());

        new DatabaseSource(DatabaseFormat.sqlServer("sql_server"))
                .describe(new ReadRequest(Given.table("t"), Processing.BATCH, none), told);

        assertThat(told.sorted())
                .extracting(Finding::message)
                .containsExactly("format 'sql_server': connection 'shop' is of type 'jdbc'");
    }

    @Test
    void promisesOnceForEachMode() {
        SinkTraits append = new DatabaseSink(JDBC).traits(write(Processing.STREAMING, Given.table("t"), null));
        SinkTraits upsert =
                new DatabaseSink(JDBC).traits(write(Processing.STREAMING, Given.table("t"), WriteMode.UPSERT));

        assertThat(append.outputModes()).containsExactly(OutputMode.APPEND);
        assertThat(upsert.outputModes()).containsExactlyInAnyOrder(OutputMode.APPEND, OutputMode.UPDATE);
        assertThat(append.writeModes())
                .containsExactlyInAnyOrder(WriteMode.APPEND, WriteMode.OVERWRITE, WriteMode.UPSERT);
        assertThat(append.delivery().guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE);
        assertThat(append.delivery().reason()).isEqualTo("rows and a ledger row in one transaction");
    }

    @Test
    void describesAnUpsertWithoutASecretThatShows() {
        Target target = new DatabaseSink(JDBC)
                .describe(write(Processing.STREAMING, Given.table("s.t"), WriteMode.UPSERT, "keys", "id"), findings)
                .orElseThrow();

        assertThat(findings.sorted()).isEmpty();
        assertThat(target.label()).isEqualTo("jdbc s.t by id");
        assertThat(target.toString()).doesNotContain("s3cret");
    }

    @Test
    void refusesWhatADatabaseCannotTake() {
        assertThat(refusalOfWrite(Processing.STREAMING, Given.table("t"), WriteMode.OVERWRITE))
                .isEqualTo("'mode: overwrite' cannot be written as a stream");
        assertThat(refusalOfWrite(Processing.BATCH, Given.table("t"), WriteMode.UPSERT))
                .isEqualTo("'mode: upsert' needs 'keys'");
        assertThat(refusalOfWrite(Processing.BATCH, Given.table("t"), WriteMode.APPEND, "keys", "id"))
                .isEqualTo("'keys' is for 'mode: upsert'");
        assertThat(refusalOfWrite(Processing.BATCH, Given.table("jdbc:h2:mem:x", "t"), WriteMode.UPSERT, "keys", "id"))
                .isEqualTo("'mode: upsert' cannot be written to the database of connection 'shop'");
        assertThat(refusalOfWrite(
                        Processing.BATCH,
                        Addresses.through(Given.connection("jdbc:postgresql://x/y")),
                        WriteMode.APPEND))
                .isEqualTo("format 'jdbc' needs 'table'");
        assertThat(refusalOfWrite(
                        Processing.BATCH,
                        Addresses.ofPath(Given.connection("jdbc:postgresql://x/y"), "orders"),
                        WriteMode.APPEND))
                .isEqualTo("format 'jdbc' has no 'path'");
    }

    private FormatScan scan(DataAddress address, Object... settings) {
        DatabaseSource source = new DatabaseSource(JDBC);
        Optional<Scan> scan = source.describe(
                new ReadRequest(address, Processing.BATCH, read(source.settings(), ConfigValues.mapping(settings))),
                findings);
        assertThat(findings.sorted()).isEmpty();
        return (FormatScan) scan.orElseThrow();
    }

    private static String refusalOfRead(DataAddress address, Object... settings) {
        DatabaseSource source = new DatabaseSource(JDBC);
        Findings told = new Findings();
        assertThat(source.describe(
                        new ReadRequest(
                                address, Processing.BATCH, read(source.settings(), ConfigValues.mapping(settings))),
                        told))
                .isEmpty();
        return only(told);
    }

    private static String refusalOfWrite(
            Processing processing, DataAddress address, WriteMode mode, Object... settings) {
        Findings told = new Findings();
        assertThat(new DatabaseSink(JDBC).describe(write(processing, address, mode, settings), told))
                .isEmpty();
        return only(told);
    }

    private static String only(Findings told) {
        assertThat(told.sorted()).hasSize(1);
        return told.sorted().get(0).message();
    }

    private static WriteRequest write(
            Processing processing, DataAddress address, @Nullable WriteMode mode, Object... settings) {
        return new WriteRequest(
                address,
                processing,
                Optional.ofNullable(mode).map(one -> new Located<>(one, AT)),
                List.of(),
                read(new DatabaseSink(JDBC).settings(), ConfigValues.mapping(settings)));
    }

    private static Settings read(SettingsDeclaration declared, Mapping written) {
        return declared.read(written, new Findings()).orElseThrow();
    }

    @Test
    void namesTablesWithAndWithoutQuotes() {
        Map<String, List<String>> names = Map.of(
                "orders", List.of("orders"),
                "sales.orders", List.of("sales", "orders"),
                "db.sales.orders", List.of("db", "sales", "orders"),
                "\"my.schema\".\"a \"\"b\"\"\"", List.of("my.schema", "a \"b\""),
                "[dbo].[Order Details]", List.of("dbo", "Order Details"),
                "`shop`.t", List.of("shop", "t"));
        names.forEach(
                (text, parts) -> assertThat(TableName.parse(text)).as(text).contains(new TableName(parts)));
        assertThat(List.of("", ".", "a.", ".a", "a..b", "a.b.c.d", "\"a", "a\"b\"", " ", "a\0"))
                .allSatisfy(text -> assertThat(TableName.parse(text)).as(text).isEmpty());
        assertThat(new TableName(List.of("sales", "orders")).beside("done"))
                .isEqualTo(new TableName(List.of("sales", "done")));
    }
}
