package io.odibi.config;

import static io.odibi.config.Types.items;
import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.choice;
import static io.odibi.core.settings.ValueTypes.text;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.WriteMode;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code write:} of a node. */
final class WriteKeys {

    private static final Setting<Located<WriteMode>> MODE = Setting.optional(
            "mode", located(mode()), "What a write does with what is there already; 'merge' means 'upsert'");
    static final Setting<List<Located<String>>> PARTITION_BY = Setting.optional(
            "partition_by", items(located(text("a column"))), "Columns that split the files, in order");
    private static final Setting<Mapping> MERGE_OPTIONS = Setting.optional(
            "merge_options",
            Types.mapping(new TypeShape.MapOf(new TypeShape.Anything())),
            "An older place for the settings of an upsert, such as 'update_condition'");
    private static final Setting<ConfigValue> STREAMING = Setting.optional(
            "streaming",
            Types.part(new TypeShape.Keys(StreamingKeys.OLD_DECLARATION)),
            "The older form of the node's 'streaming', together with 'streaming: true' of the read");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "Where the result is written; the format's own settings stand here too",
            DataKeys.CONNECTION,
            DataKeys.FORMAT,
            DataKeys.TABLE,
            DataKeys.PATH,
            MODE,
            PARTITION_BY,
            STREAMING,
            MERGE_OPTIONS,
            DataKeys.OPTIONS);

    /** Where Spark's own writer takes the checkpoint, which tutorials copy into the options. */
    private static final String SPARK_CHECKPOINT = "checkpointLocation";

    private WriteKeys() {}

    /**
     * A write as it was read.
     *
     * @param spec the write; empty if a fault was told and what is left cannot be used
     * @param streaming the older form of the node's streaming
     */
    record Write(Optional<WriteSpec> spec, Optional<StreamingSpec> streaming) {}

    static Write read(Mapping mapping, Scope scope) {
        DataKeys.Parts parts = DataKeys.split(DECLARATION, Legacy.WRITE.strip(mapping, scope), scope);
        Optional<StreamingSpec> streaming = parts.settings()
                .find(STREAMING)
                .flatMap(value -> scope.mapping(value, STREAMING.name(), StreamingKeys.OLD_DECLARATION))
                .map(written -> StreamingKeys.readOld(written, scope.in(STREAMING.name())));
        if (!parts.usable(scope)) {
            return new Write(Optional.empty(), streaming);
        }
        Mapping format = parts.settings()
                .find(MERGE_OPTIONS)
                .map(options -> Legacy.MERGE_OPTIONS.strip(options, scope.in(MERGE_OPTIONS.name())))
                .map(options -> DataKeys.merge(Optional.of(options), parts.format(), scope))
                .orElse(parts.format());
        WriteSpec spec = new WriteSpec(
                parts.settings().find(DataKeys.CONNECTION),
                parts.settings().get(DataKeys.FORMAT),
                parts.settings().find(DataKeys.TABLE),
                parts.settings().find(DataKeys.PATH),
                parts.settings().find(MODE),
                parts.settings().find(PARTITION_BY).orElse(List.of()),
                format,
                mapping.at());
        return new Write(Optional.of(spec), streaming);
    }

    private static ValueType<WriteMode> mode() {
        List<String> words = Stream.concat(Arrays.stream(WriteMode.values()).map(WriteMode::word), Stream.of("merge"))
                .toList();
        ValueType<String> word = choice(words.toArray(String[]::new));
        return Types.of(
                word.shape(),
                (value, key, findings) -> word.read(value, key, findings)
                        .map(read -> read.equals("merge")
                                ? WriteMode.UPSERT
                                : WriteMode.valueOf(read.toUpperCase(Locale.ROOT))));
    }

    /** Returns the write of a streaming node without the checkpoint of Spark's writer, whose right place is told. */
    static WriteSpec refuseSparkCheckpoint(WriteSpec write, Scope scope) {
        Optional<Mapping.Entry> checkpoint = write.settings().find(SPARK_CHECKPOINT);
        if (checkpoint.isEmpty()) {
            return write;
        }
        String place = checkpoint.get().value() instanceof Scalar scalar ? scalar.text() : "<path>";
        scope.report(Finding.of(
                        FindingCode.CONFIG_CONFLICT,
                        checkpoint.get().keyAt(),
                        "'" + SPARK_CHECKPOINT + "' is no setting of a write")
                .why("the checkpoint belongs to the stream, not to the format")
                .fix("take it out, and write 'streaming: {checkpoint_location: \"" + place + "\"}' at the node"));
        List<Mapping.Entry> rest = write.settings().entries().stream()
                .filter(entry -> !entry.key().equals(SPARK_CHECKPOINT))
                .toList();
        return new WriteSpec(
                write.connection(),
                write.format(),
                write.table(),
                write.path(),
                write.mode(),
                write.partitionBy(),
                new Mapping(rest, write.settings().at()),
                write.at());
    }
}
