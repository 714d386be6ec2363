package io.odibi.engine.jdbc;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.Scan.FormatScan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.describe.SourceTraits.Replay;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Source;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a table or the result of a query, in batch: a database does not say what is new in it. */
final class DatabaseSource implements Source {

    private static final Setting<String> QUERY = Setting.optional(
            "query", ValueTypes.text("a query"), "in the place of 'table', a query in the database's own SQL");
    private static final Setting<Scalar> SCHEMA = Setting.optional(
                    "schema",
                    ValueTypes.source("columns, such as 'id BIGINT, name STRING'"),
                    "the columns that are expected, so that steps over them are checked before the start; the read fails where"
                            + " the database has others")
            .alias("schema_ddl");
    private static final Setting<String> PARTITION_COLUMN = Setting.optional(
                    "partition_column",
                    ValueTypes.text("a column"),
                    "a column of numbers, dates or timestamps by whose ranges several connections read at once; needs the three"
                            + " that follow")
            .alias("partitionColumn");
    private static final Setting<String> LOWER_BOUND = Setting.optional(
                    "lower_bound",
                    ValueTypes.text("a number, date or timestamp"),
                    "where the first range ends about; rows below it are read, too")
            .alias("lowerBound");
    private static final Setting<String> UPPER_BOUND = Setting.optional(
                    "upper_bound",
                    ValueTypes.text("a number, date or timestamp"),
                    "where the last range begins about; rows above it are read, too")
            .alias("upperBound");
    private static final Setting<Long> NUM_PARTITIONS = Setting.optional(
                    "num_partitions",
                    ValueTypes.whole(1, 10_000),
                    "into how many ranges, each with a connection of its own")
            .alias("numPartitions");
    private static final Setting<Long> FETCH_SIZE = Setting.withDefault(
                    "fetch_size",
                    ValueTypes.whole(1, Integer.MAX_VALUE),
                    5_000L,
                    "rows that the driver takes in one go, and keeps in memory")
            .alias("fetchsize");
    private static final Setting<Long> QUERY_TIMEOUT = Setting.optional(
                    "query_timeout",
                    ValueTypes.whole(1, Integer.MAX_VALUE),
                    "seconds after which a statement is given up; never without it")
            .alias("queryTimeout");
    private static final Setting<String> SESSION_INIT = Setting.optional(
                    "session_init_statement",
                    ValueTypes.text("a statement"),
                    "what each connection runs before it reads")
            .alias("sessionInitStatement");
    private static final Setting<String> CUSTOM_SCHEMA = Setting.optional(
                    "custom_schema",
                    ValueTypes.text("columns, such as 'id DECIMAL(38,0)'"),
                    "types of columns that Spark would read with others")
            .alias("customSchema");
    private static final Setting<Boolean> WITHOUT_ZONE = Setting.withDefault(
                    "prefer_timestamp_ntz",
                    ValueTypes.truth(),
                    false,
                    "whether timestamps without a time zone become TIMESTAMP_NTZ; they are taken to be of the JVM's time zone"
                            + " otherwise")
            .alias("preferTimestampNTZ");

    /** By its name: the class is Spark's to load. */
    private static final String CONNECTION_PROVIDER = "connectionProvider";

    private static final List<Setting<?>> OF_RANGES =
            List.of(PARTITION_COLUMN, LOWER_BOUND, UPPER_BOUND, NUM_PARTITIONS);

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            "A table of a database, or the result of a query",
            QUERY,
            SCHEMA,
            PARTITION_COLUMN,
            LOWER_BOUND,
            UPPER_BOUND,
            NUM_PARTITIONS,
            FETCH_SIZE,
            QUERY_TIMEOUT,
            SESSION_INIT,
            CUSTOM_SCHEMA,
            WITHOUT_ZONE);

    private final DatabaseFormat format;

    DatabaseSource(DatabaseFormat format) {
        this.format = format;
    }

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public SourceTraits traits() {
        return new SourceTraits(Set.of(Processing.BATCH), Replay.NONE);
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        Findings found = new Findings();
        Settings written = request.settings();
        Optional<Connection> connection = DatabaseAddress.connection(format, request.address(), found);
        Optional<TableName> table = DatabaseAddress.table(format, request.address(), found);
        refuseAmbiguous(request, found);
        refuseHalfRanges(written, found);
        found.sorted().forEach(findings::add);
        if (found.hasErrors() || connection.isEmpty()) {
            return Optional.empty();
        }
        SqlDialect dialect = SqlDialect.of(DatabaseAddress.url(connection.get()).orElseThrow());
        ScanSchema schema =
                written.find(SCHEMA).<ScanSchema>map(ScanSchema.Declared::new).orElseGet(ScanSchema.InData::new);
        return Optional.of(new FormatScan(
                "jdbc",
                Optional.empty(),
                opened(connection.get()).with(options(written, table, dialect)),
                schema,
                format.word() + " "
                        + table.map(TableName::toString)
                                .orElse("query of " + connection.get().name())));
    }

    private void refuseAmbiguous(ReadRequest request, Findings findings) {
        Optional<Located<String>> query = request.settings().located(QUERY);
        if (query.isPresent() && request.address().table().isPresent()) {
            findings.add(
                    Finding.of(FindingCode.CONFIG_CONFLICT, query.get().at(), "'query' and 'table' exclude each other")
                            .fix("keep one of them"));
        }
        if (query.isEmpty()
                && request.address().table().isEmpty()
                && request.address().path().isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_MISSING_KEY,
                            request.address().at(),
                            "format '" + format.word() + "' needs either 'table' or 'query'")
                    .fix("name one of them"));
        }
    }

    private static void refuseHalfRanges(Settings written, Findings findings) {
        List<String> missing = OF_RANGES.stream()
                .filter(setting -> written.find(setting).isEmpty())
                .map(setting -> "'" + setting + "'")
                .toList();
        if (!missing.isEmpty() && missing.size() < OF_RANGES.size()) {
            Setting<?> there = OF_RANGES.stream()
                    .filter(setting -> written.find(setting).isPresent())
                    .findFirst()
                    .orElseThrow();
            findings.add(Finding.of(
                            FindingCode.CONFIG_MISSING_KEY,
                            written.at(there),
                            "'" + there + "' needs " + String.join(", ", missing))
                    .why("without them nobody knows the ranges that are read at once")
                    .fix("write all four, or none"));
        }
    }

    /** With Kerberos, Spark's own ways to open a connection are needed. */
    private static Options opened(Connection connection) {
        Options options = connection.options();
        return options.plain().containsKey("keytab") ? options : options.with(CONNECTION_PROVIDER, "odibi");
    }

    private static Options options(Settings written, Optional<TableName> table, SqlDialect dialect) {
        Options options = Options.none()
                .with("fetchsize", String.valueOf(written.get(FETCH_SIZE)))
                .with("preferTimestampNTZ", String.valueOf(written.get(WITHOUT_ZONE)));
        if (table.isPresent()) {
            options = options.with("dbtable", dialect.quoted(table.get()));
        } else {
            // Not as Spark's 'query', which cannot be read by ranges.
            String query = written.get(QUERY).strip().replaceAll(";+\\s*$", "");
            options = options.with("dbtable", "(" + query + "\n) odibi_query");
        }
        if (written.find(PARTITION_COLUMN).isPresent()) {
            options = options.with("partitionColumn", written.get(PARTITION_COLUMN))
                    .with("lowerBound", written.get(LOWER_BOUND))
                    .with("upperBound", written.get(UPPER_BOUND))
                    .with("numPartitions", String.valueOf(written.get(NUM_PARTITIONS)));
        }
        if (written.find(QUERY_TIMEOUT).isPresent()) {
            options = options.with("queryTimeout", String.valueOf(written.get(QUERY_TIMEOUT)));
        }
        if (written.find(SESSION_INIT).isPresent()) {
            options = options.with("sessionInitStatement", written.get(SESSION_INIT));
        }
        return written.find(CUSTOM_SCHEMA).isPresent()
                ? options.with("customSchema", written.get(CUSTOM_SCHEMA))
                : options;
    }
}
