package io.odibi.engine.formats;

import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.Target.FormatTarget;
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
import io.odibi.engine.upsert.AuditColumns;
import io.odibi.engine.upsert.DeltaUpsert;
import io.odibi.engine.upsert.UpsertKeys;
import io.odibi.engine.upsert.UpsertSpec;
import io.odibi.engine.upsert.UpsertSpec.SchemaChange;
import io.odibi.engine.upsert.UpsertSpec.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a Delta table. */
final class DeltaSink implements Sink {

    private static final Setting<Boolean> MERGE_SCHEMA = Setting.optional(
                    "merge_schema", ValueTypes.truth(), "whether columns that the table lacks are added to it")
            .alias("mergeSchema");
    private static final Setting<Boolean> OVERWRITE_SCHEMA = Setting.optional(
                    "overwrite_schema", ValueTypes.truth(), "whether an overwrite may change the table's columns")
            .alias("overwriteSchema");
    private static final Setting<Map<String, String>> TABLE_PROPERTIES = Setting.optional(
            "table_properties",
            ValueTypes.map(ValueTypes.text()),
            "properties that the table gets when it is created, such as delta.appendOnly");

    private static final Setting<String> UPDATE_CONDITION = Setting.optional(
            "update_condition",
            ValueTypes.text("a condition over source. and target."),
            "for 'mode: upsert', which known rows change; all without it");
    private static final Setting<String> INSERT_CONDITION = Setting.optional(
            "insert_condition",
            ValueTypes.text("a condition over source."),
            "for 'mode: upsert', which unknown rows are added; all without it");
    private static final Setting<String> DELETE_CONDITION = Setting.optional(
            "delete_condition",
            ValueTypes.text("a condition over source. and target."),
            "for 'mode: upsert', which known rows go; none without it, or all for the strategy delete_match");
    private static final Setting<Strategy> STRATEGY = Setting.withDefault(
            "strategy",
            ValueTypes.choice(Strategy.class),
            Strategy.UPSERT,
            "for 'mode: upsert', whether known rows change and others are added, or others are only added"
                    + " (append_only, the same as 'mode: append_once'), or known rows only go (delete_match)");
    private static final List<Setting<?>> OF_UPSERTS = List.of(
            UpsertKeys.KEYS,
            UpsertKeys.ORDER_BY,
            STRATEGY,
            UPDATE_CONDITION,
            INSERT_CONDITION,
            DELETE_CONDITION,
            AuditSetting.AUDIT_COLS);

    private static final EngineOptions OF_OVERWRITES = new EngineOptions()
            .option("replaceWhere", ValueTypes.text("a condition"), "which rows an overwrite replaces")
            .option(
                    "partitionOverwriteMode",
                    ValueTypes.choice("static", "dynamic"),
                    "whether an overwrite replaces the table or only the partitions that it has rows for");

    private static final EngineOptions OPTIONS = new EngineOptions()
            .option("optimizeWrite", ValueTypes.truth(), "whether rows are gathered into fewer, larger files")
            .option("maxRecordsPerFile", ValueTypes.whole(1, Long.MAX_VALUE), "rows of one file at most")
            .option("compression", ValueTypes.text("a codec such as zstd"), "how the files are compressed")
            .option("userMetadata", ValueTypes.text(), "a remark that each commit carries");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "A Delta table", MERGE_SCHEMA, OVERWRITE_SCHEMA, TABLE_PROPERTIES)
            .and(OF_UPSERTS.toArray(Setting[]::new))
            .and(OF_OVERWRITES.declared())
            .and(OPTIONS.declared());

    private static final SinkTraits TRAITS = new SinkTraits(
            Set.of(OutputMode.APPEND, OutputMode.COMPLETE),
            Set.of(WriteMode.OVERWRITE, WriteMode.APPEND, WriteMode.UPSERT, WriteMode.APPEND_ONCE),
            WriteMode.OVERWRITE,
            new Delivery(Guarantee.EXACTLY_ONCE, "Delta records the query and micro-batch of each commit"));

    /** A row that is given out again with other values takes the place of the one before. */
    private static final SinkTraits UPSERT_TRAITS = new SinkTraits(
            Set.of(OutputMode.APPEND, OutputMode.UPDATE),
            TRAITS.writeModes(),
            WriteMode.OVERWRITE,
            new Delivery(Guarantee.EXACTLY_ONCE, "Delta records the query and micro-batch of each merge"));

    /** A row that is given out again with other values would be passed over. */
    private static final SinkTraits APPEND_ONLY_TRAITS = new SinkTraits(
            Set.of(OutputMode.APPEND), TRAITS.writeModes(), WriteMode.OVERWRITE, UPSERT_TRAITS.delivery());

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        if (!UpsertKeys.isUpsert(request)) {
            return TRAITS;
        }
        return strategy(request) == Strategy.APPEND_ONLY ? APPEND_ONLY_TRAITS : UPSERT_TRAITS;
    }

    private static Strategy strategy(WriteRequest request) {
        boolean addsOnly = request.mode()
                .map(Located::value)
                .filter(WriteMode.APPEND_ONCE::equals)
                .isPresent();
        return addsOnly ? Strategy.APPEND_ONLY : request.settings().get(STRATEGY);
    }

    @Override
    public List<NeededColumn> columns(WriteRequest request) {
        return UpsertKeys.columns(request);
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        Settings written = request.settings();
        Options options = OF_OVERWRITES.from(written).with(OPTIONS.from(written));
        if (written.find(MERGE_SCHEMA).isPresent()) {
            options = options.with("mergeSchema", String.valueOf(written.get(MERGE_SCHEMA)));
        }
        if (written.find(OVERWRITE_SCHEMA).isPresent()) {
            options = options.with("overwriteSchema", String.valueOf(written.get(OVERWRITE_SCHEMA)));
        }
        boolean complete = true;
        for (Map.Entry<String, String> property :
                written.find(TABLE_PROPERTIES).orElseGet(Map::of).entrySet()) {
            if (property.getKey().startsWith(DeltaSource.FORMAT + ".")) {
                options = options.with(property.getKey(), property.getValue());
            } else {
                findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                written.at(TABLE_PROPERTIES),
                                "'table_properties' cannot have '" + property.getKey() + "'")
                        .allow("properties of Delta, which begin with 'delta.'"));
                complete = false;
            }
        }
        complete &= UpsertKeys.fit(request, OF_UPSERTS, findings);
        complete &= UpsertKeys.isUpsert(request) ? fitsStrategy(request, findings) : takesEffect(request, findings);
        Optional<Target> target =
                UpsertKeys.isUpsert(request) ? upsert(request, findings) : target(request, options, findings);
        return complete ? target : Optional.empty();
    }

    /** Whether each setting of an upsert does something; says so of those that do not. */
    private static boolean fitsStrategy(WriteRequest request, Findings findings) {
        Settings written = request.settings();
        Strategy strategy = strategy(request);
        List<Setting<?>> idle = new ArrayList<>(OF_OVERWRITES.settings());
        idle.addAll(OPTIONS.settings());
        idle.add(OVERWRITE_SCHEMA);
        if (strategy != Strategy.UPSERT) {
            idle.add(UPDATE_CONDITION);
        }
        if (strategy == Strategy.APPEND_ONLY) {
            idle.add(DELETE_CONDITION);
        }
        if (strategy == Strategy.DELETE_MATCH) {
            idle.addAll(List.of(INSERT_CONDITION, AuditSetting.AUDIT_COLS, MERGE_SCHEMA, TABLE_PROPERTIES));
        }
        boolean contradicts = strategy != written.find(STRATEGY).orElse(strategy);
        if (contradicts) {
            idle.add(STRATEGY);
        }
        long before = findings.errorCount();
        String mode = contradicts ? WriteMode.APPEND_ONCE.word() : word(strategy);
        Effect.refuse(
                written,
                idle,
                "does nothing where rows are merged by '" + mode + "'",
                "rows of the table are taken one by one",
                "drop it, or write in another mode",
                findings);
        return findings.errorCount() == before;
    }

    private static String word(Strategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT);
    }

    /** Whether what is written does something in a mode without keys: Delta passes over it in silence where it does not. */
    private static boolean takesEffect(WriteRequest request, Findings findings) {
        long before = findings.errorCount();
        Settings written = request.settings();
        List<Setting<?>> replacing = new ArrayList<>(OF_OVERWRITES.settings());
        if (request.processing() == Processing.STREAMING) {
            String why = "a stream adds rows, or in output mode complete replaces all of them";
            Effect.refuse(written, replacing, "has no effect in a stream", why, "drop it", findings);
        } else if (request.mode()
                .filter(mode -> mode.value() == WriteMode.APPEND)
                .isPresent()) {
            replacing.add(OVERWRITE_SCHEMA);
            String why = "an append replaces nothing";
            Effect.refuse(written, replacing, "is for 'mode: overwrite'", why, "drop it, or change the mode", findings);
        }
        if (OF_OVERWRITES.from(written).plain().containsValue("dynamic")) {
            Effect.exclude(
                    written,
                    OF_OVERWRITES.settings().get(0),
                    OF_OVERWRITES.settings().get(1),
                    findings);
        }
        return findings.errorCount() == before;
    }

    private static Optional<Target> upsert(WriteRequest request, Findings findings) {
        Settings written = request.settings();
        List<String> keys = written.find(UpsertKeys.KEYS).orElse(List.of());
        Optional<DataLocation> location = request.address().locate(DeltaSource.FORMAT, findings);
        if (keys.isEmpty() || location.isEmpty()) {
            return Optional.empty();
        }
        UpsertSpec spec = new UpsertSpec(
                location.get(),
                keys,
                strategy(request),
                written.find(UpsertKeys.ORDER_BY),
                written.find(UPDATE_CONDITION),
                written.find(INSERT_CONDITION),
                written.find(DELETE_CONDITION),
                written.find(AuditSetting.AUDIT_COLS).orElseGet(AuditColumns::none),
                written.find(MERGE_SCHEMA).orElse(false) ? SchemaChange.ADDED : SchemaChange.REFUSED,
                request.partitionBy().stream().map(Located::value).toList(),
                written.find(TABLE_PROPERTIES).orElseGet(Map::of));
        String how = spec.strategy() == Strategy.UPSERT ? "" : ", " + word(spec.strategy());
        return Optional.of(new BatchTarget<>(
                new DeltaUpsert(spec),
                DeltaSource.FORMAT + " " + location.get() + " by " + String.join(", ", keys) + how));
    }

    private static Optional<Target> target(WriteRequest request, Options options, Findings findings) {
        return request.address()
                .locate(DeltaSource.FORMAT, findings)
                .map(at -> new FormatTarget(
                        DeltaSource.FORMAT,
                        Optional.of(at),
                        request.partitionBy().stream().map(Located::value).toList(),
                        options,
                        DeltaSource.FORMAT + " " + at));
    }
}
