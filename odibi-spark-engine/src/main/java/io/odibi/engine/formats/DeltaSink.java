package io.odibi.engine.formats;

import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.NeededColumn.Presence;
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
import io.odibi.core.text.Position;
import io.odibi.engine.upsert.DeltaUpsert;
import io.odibi.engine.upsert.UpsertSpec;
import io.odibi.engine.upsert.UpsertSpec.SchemaChange;
import java.util.ArrayList;
import java.util.List;
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

    private static final Setting<List<String>> KEYS = Setting.optional(
                    "keys",
                    ValueTypes.list(ValueTypes.text("a column")),
                    "for 'mode: upsert', columns that say which row is which")
            .alias("merge_keys");
    private static final Setting<String> ORDER_BY = Setting.optional(
            "order_by",
            ValueTypes.text("a column"),
            "for 'mode: upsert', of rows with one key in a batch the one with the greatest value here wins; without it they"
                    + " are refused");
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
            "for 'mode: upsert', which known rows go; none without it");
    private static final List<Setting<?>> OF_UPSERTS =
            List.of(KEYS, ORDER_BY, UPDATE_CONDITION, INSERT_CONDITION, DELETE_CONDITION);

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
            Set.of(WriteMode.OVERWRITE, WriteMode.APPEND, WriteMode.UPSERT),
            WriteMode.OVERWRITE,
            new Delivery(Guarantee.EXACTLY_ONCE, "Delta records the query and micro-batch of each commit"));

    /** A row that is given out again with other values takes the place of the one before. */
    private static final SinkTraits UPSERT_TRAITS = new SinkTraits(
            Set.of(OutputMode.APPEND, OutputMode.UPDATE),
            TRAITS.writeModes(),
            WriteMode.OVERWRITE,
            new Delivery(Guarantee.EXACTLY_ONCE, "Delta records the query and micro-batch of each merge"));

    @Override
    public SettingsDeclaration settings() {
        return SETTINGS;
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        return isUpsert(request) ? UPSERT_TRAITS : TRAITS;
    }

    private static boolean isUpsert(WriteRequest request) {
        return request.mode()
                .map(Located::value)
                .filter(WriteMode.UPSERT::equals)
                .isPresent();
    }

    @Override
    public List<NeededColumn> columns(WriteRequest request) {
        Settings written = request.settings();
        List<NeededColumn> columns = new ArrayList<>();
        written.find(KEYS)
                .orElse(List.of())
                .forEach(key -> columns.add(needed(key, "'keys' names it", written.at(KEYS))));
        written.find(ORDER_BY)
                .ifPresent(column -> columns.add(needed(column, "'order_by' names it", written.at(ORDER_BY))));
        return columns;
    }

    private static NeededColumn needed(String name, String why, Position at) {
        return new NeededColumn(name, List.of(), Presence.REQUIRED, why + ": make it in a step, or name another", at);
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
        complete &= fits(request, findings);
        complete &= takesEffect(request, findings);
        Optional<Target> target = isUpsert(request) ? upsert(request, findings) : target(request, options, findings);
        return complete ? target : Optional.empty();
    }

    /** Whether what is written fits the mode. */
    private static boolean fits(WriteRequest request, Findings findings) {
        Settings written = request.settings();
        boolean hasKeys = !written.find(KEYS).orElse(List.of()).isEmpty();
        if (isUpsert(request)) {
            if (!hasKeys) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_MISSING_KEY,
                                request.mode().orElseThrow().at(),
                                "'mode: upsert' needs 'keys'")
                        .why("without them no row is known again")
                        .fix("add 'keys: [id]' with the columns that say which row is which"));
            }
            return hasKeys;
        }
        List<Setting<?>> lost =
                OF_UPSERTS.stream().filter(one -> written.find(one).isPresent()).toList();
        lost.forEach(setting -> findings.add(
                Finding.of(FindingCode.CONFIG_CONFLICT, written.at(setting), "'" + setting + "' is for 'mode: upsert'")
                        .fix("add 'mode: upsert' to the write, or take it out")));
        return lost.isEmpty();
    }

    /** Whether what is written does something in the mode: Delta passes over it in silence where it does not. */
    private static boolean takesEffect(WriteRequest request, Findings findings) {
        long before = findings.errorCount();
        Settings written = request.settings();
        List<Setting<?>> replacing = new ArrayList<>(OF_OVERWRITES.settings());
        if (isUpsert(request)) {
            replacing.add(OVERWRITE_SCHEMA);
            replacing.addAll(OPTIONS.settings());
            String why = "an upsert changes rows of the table one by one";
            Effect.refuse(written, replacing, "has no effect with 'mode: upsert'", why, "drop it", findings);
        } else if (request.processing() == Processing.STREAMING) {
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
        List<String> keys = written.find(KEYS).orElse(List.of());
        Optional<DataLocation> location = request.address().locate(DeltaSource.FORMAT, findings);
        if (keys.isEmpty() || location.isEmpty()) {
            return Optional.empty();
        }
        UpsertSpec spec = new UpsertSpec(
                location.get(),
                keys,
                written.find(ORDER_BY),
                written.find(UPDATE_CONDITION),
                written.find(INSERT_CONDITION),
                written.find(DELETE_CONDITION),
                written.find(MERGE_SCHEMA).orElse(false) ? SchemaChange.ADDED : SchemaChange.REFUSED,
                request.partitionBy().stream().map(Located::value).toList(),
                written.find(TABLE_PROPERTIES).orElseGet(Map::of));
        return Optional.of(new BatchTarget<>(
                new DeltaUpsert(spec), DeltaSource.FORMAT + " " + location.get() + " by " + String.join(", ", keys)));
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
