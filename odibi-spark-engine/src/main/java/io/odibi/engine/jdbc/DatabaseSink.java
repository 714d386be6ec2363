package io.odibi.engine.jdbc;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Sink;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import io.odibi.engine.upsert.UpsertKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes to a table of a database, each micro-batch and each batch in one transaction. */
final class DatabaseSink implements Sink {

    private static final Setting<Long> BATCH_SIZE = Setting.withDefault(
                    "batch_size", ValueTypes.whole(1, 100_000), 1_000L, "rows that are sent to the database in one go")
            .alias("batchsize");
    private static final Setting<String> LEDGER_TABLE = Setting.withDefault(
            "ledger_table",
            ValueTypes.text("a table's name"),
            "odibi_batches",
            "the table that says which micro-batches have been written, in the schema of the target");

    private static final Set<WriteMode> WRITE_MODES = Set.of(WriteMode.OVERWRITE, WriteMode.APPEND, WriteMode.UPSERT);
    private static final Delivery DELIVERY =
            new Delivery(Guarantee.EXACTLY_ONCE, "rows and a ledger row in one transaction");
    private static final SinkTraits TRAITS =
            new SinkTraits(Set.of(OutputMode.APPEND), WRITE_MODES, WriteMode.OVERWRITE, DELIVERY);
    /** A row that is given out again with other values takes the place of the one before. */
    private static final SinkTraits UPSERT_TRAITS =
            new SinkTraits(Set.of(OutputMode.APPEND, OutputMode.UPDATE), WRITE_MODES, WriteMode.OVERWRITE, DELIVERY);

    private final DatabaseFormat format;
    private final SettingsDeclaration settings;

    DatabaseSink(DatabaseFormat format) {
        this.format = format;
        this.settings = SettingsDeclaration.of(
                "A table of " + format.system(), UpsertKeys.KEYS, UpsertKeys.ORDER_BY, BATCH_SIZE, LEDGER_TABLE);
    }

    @Override
    public SettingsDeclaration settings() {
        return settings;
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        return UpsertKeys.isUpsert(request) ? UPSERT_TRAITS : TRAITS;
    }

    @Override
    public List<NeededColumn> columns(WriteRequest request) {
        return UpsertKeys.columns(request);
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        Findings found = new Findings();
        Optional<Connection> connection = DatabaseAddress.connection(format, request.address(), found);
        Optional<TableName> table = DatabaseAddress.table(format, request.address(), found);
        Optional<String> ledger = ledger(request.settings(), found);
        UpsertKeys.fit(request, List.of(UpsertKeys.KEYS, UpsertKeys.ORDER_BY), found);
        refuseMissingTable(request, found);
        refuseModeOfBatches(request, found);
        refusePartitions(request, found);
        connection.ifPresent(known -> refuseUnknownUpsert(request, known, found));
        found.sorted().forEach(findings::add);
        if (found.hasErrors() || connection.isEmpty() || table.isEmpty() || ledger.isEmpty()) {
            return Optional.empty();
        }
        Settings written = request.settings();
        boolean isStream = request.processing() == Processing.STREAMING;
        DatabaseWrite write = new DatabaseWrite(
                connection.get().options(),
                table.get(),
                request.mode().map(Located::value).orElse(isStream ? WriteMode.APPEND : WriteMode.OVERWRITE),
                request.processing(),
                written.find(UpsertKeys.KEYS).orElse(List.of()),
                written.find(UpsertKeys.ORDER_BY),
                Math.toIntExact(written.get(BATCH_SIZE)),
                table.get().beside(ledger.get()));
        String by = UpsertKeys.isUpsert(request) ? " by " + String.join(", ", write.keys()) : "";
        return Optional.of(new BatchTarget<>(new DatabaseWriter(write), format.word() + " " + table.get() + by));
    }

    private static Optional<String> ledger(Settings written, Findings findings) {
        String name = written.get(LEDGER_TABLE);
        if (name.length() > 63 || name.indexOf('\0') >= 0) {
            findings.add(Finding.of(FindingCode.CONFIG_VALUE, written.at(LEDGER_TABLE), "'ledger_table' cannot be this")
                    .allow("a table's name of at most 63 characters, without its schema"));
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private void refuseMissingTable(WriteRequest request, Findings findings) {
        if (request.address().table().isEmpty() && request.address().path().isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_MISSING_KEY,
                            request.address().at(),
                            "format '" + format.word() + "' needs 'table'")
                    .fix("name the table; one that does not exist is created"));
        }
    }

    private static void refuseModeOfBatches(WriteRequest request, Findings findings) {
        request.mode()
                .filter(mode -> request.processing() == Processing.STREAMING)
                .filter(mode -> mode.value() != WriteMode.APPEND && mode.value() != WriteMode.UPSERT)
                .ifPresent(mode -> findings.add(Finding.of(
                                FindingCode.PLAN_WRITE_MODE,
                                mode.at(),
                                "'mode: " + mode.value().word() + "' cannot be written as a stream")
                        .allow(WriteMode.APPEND.word() + ", " + WriteMode.UPSERT.word())));
    }

    private static void refusePartitions(WriteRequest request, Findings findings) {
        request.partitionBy().stream()
                .findFirst()
                .ifPresent(column -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT, column.at(), "a table of a database has no 'partition_by'")
                        .why("it splits files, and there are none")
                        .fix("take it out; a table that the database splits is created there")));
    }

    private static void refuseUnknownUpsert(WriteRequest request, Connection connection, Findings findings) {
        SqlDialect dialect = SqlDialect.of(DatabaseAddress.url(connection).orElseThrow());
        if (UpsertKeys.isUpsert(request) && !dialect.canUpsert()) {
            findings.add(Finding.of(
                            FindingCode.PLAN_WRITE_MODE,
                            request.mode().orElseThrow().at(),
                            "'mode: upsert' cannot be written to the database of connection '" + connection.name()
                                    + "'")
                    .why("Odibi knows how PostgreSQL, SQL Server, MySQL, MariaDB and SQLite merge rows, and no other")
                    .allow("append, overwrite (in batch)"));
        }
    }
}
