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
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Sink;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import io.odibi.engine.upsert.DeltaUpsert;
import io.odibi.engine.upsert.UpsertKeys;
import io.odibi.engine.upsert.UpsertSpec;
import io.odibi.engine.upsert.UpsertSpec.SchemaChange;
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
            List.of(UpsertKeys.KEYS, UpsertKeys.ORDER_BY, UPDATE_CONDITION, INSERT_CONDITION, DELETE_CONDITION);

    private static final EngineOptions OPTIONS = new EngineOptions()
            .option("replaceWhere", ValueTypes.text("a condition"), "which rows an overwrite replaces")
            .option(
                    "partitionOverwriteMode",
                    ValueTypes.choice("static", "dynamic"),
                    "whether an overwrite replaces the table or only the partitions that it has rows for")
            .option("optimizeWrite", ValueTypes.truth(), "whether rows are gathered into fewer, larger files")
            .option("maxRecordsPerFile", ValueTypes.whole(1, Long.MAX_VALUE), "rows of one file at most")
            .option("compression", ValueTypes.text("a codec such as zstd"), "how the files are compressed")
            .option("userMetadata", ValueTypes.text(), "a remark that each commit carries");

    private static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    "A Delta table", MERGE_SCHEMA, OVERWRITE_SCHEMA, TABLE_PROPERTIES)
            .and(OF_UPSERTS.toArray(Setting[]::new))
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
        return UpsertKeys.isUpsert(request) ? UPSERT_TRAITS : TRAITS;
    }

    @Override
    public List<NeededColumn> columns(WriteRequest request) {
        return UpsertKeys.columns(request);
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        Settings written = request.settings();
        Options options = OPTIONS.from(written);
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
        Optional<Target> target =
                UpsertKeys.isUpsert(request) ? upsert(request, findings) : target(request, options, findings);
        return complete ? target : Optional.empty();
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
                written.find(UpsertKeys.ORDER_BY),
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
