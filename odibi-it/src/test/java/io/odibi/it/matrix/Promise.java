package io.odibi.it.matrix;

import io.odibi.core.catalog.PluginCatalog;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a format says of itself that can be done with it.
 *
 * @param names the format's names in YAML: those of one implementation, in order
 * @param uses what can be done; of a stream that is written with what it is promised
 */
record Promise(List<String> names, Map<Use, Optional<Delivery>> uses) {

    private static final Map<OutputMode, Use> STREAMS = Map.of(
            OutputMode.APPEND, Use.APPEND_STREAM,
            OutputMode.UPDATE, Use.UPDATE_STREAM,
            OutputMode.COMPLETE, Use.COMPLETE_STREAM);
    private static final Map<OutputMode, Use> UPSERTS =
            Map.of(OutputMode.APPEND, Use.UPSERT_APPEND_STREAM, OutputMode.UPDATE, Use.UPSERT_UPDATE_STREAM);
    private static final Map<WriteMode, Use> BATCHES = Map.of(
            WriteMode.APPEND, Use.APPEND_BATCH,
            WriteMode.OVERWRITE, Use.OVERWRITE_BATCH,
            WriteMode.UPSERT, Use.UPSERT_BATCH,
            WriteMode.APPEND_ONCE, Use.UPSERT_BATCH);

    /** What makes two names one format: the same classes, with the same declarations of their settings. */
    private record Implementation(Object source, Object sourceSettings, Object sink, Object sinkSettings) {}

    /** Returns what all installed formats promise, by their first names. */
    static List<Promise> of(PluginCatalog catalog) {
        Map<String, Source> sources = catalog.sources().byName();
        Map<String, Sink> sinks = catalog.sinks().byName();
        TreeSet<String> names = new TreeSet<>(sources.keySet());
        names.addAll(sinks.keySet());
        Map<Implementation, List<String>> formats = new LinkedHashMap<>();
        names.forEach(name -> formats.computeIfAbsent(
                        implementation(Optional.ofNullable(sources.get(name)), Optional.ofNullable(sinks.get(name))),
                        format -> new ArrayList<>())
                .add(name));
        return formats.values().stream()
                .map(same -> new Promise(
                        List.copyOf(same),
                        uses(
                                Optional.ofNullable(sources.get(same.get(0))),
                                Optional.ofNullable(sinks.get(same.get(0))))))
                .toList();
    }

    private static Implementation implementation(Optional<Source> source, Optional<Sink> sink) {
        return new Implementation(
                source.map(Object::getClass),
                source.map(reads -> spelled(reads.settings())),
                sink.map(Object::getClass),
                sink.map(writes -> spelled(writes.settings())));
    }

    private static String spelled(SettingsDeclaration settings) {
        return settings.summary() + ": " + settings.names();
    }

    private static Map<Use, Optional<Delivery>> uses(Optional<Source> source, Optional<Sink> sink) {
        Map<Use, Optional<Delivery>> uses = new EnumMap<>(Use.class);
        source.ifPresent(reads -> reads.traits()
                .processing()
                .forEach(
                        way -> uses.put(way == Processing.BATCH ? Use.READ_BATCH : Use.READ_STREAM, Optional.empty())));
        sink.ifPresent(writes -> {
            SinkTraits batch = traits(writes, Processing.BATCH, Optional.empty());
            batch.writeModes().forEach(mode -> uses.put(BATCHES.get(mode), Optional.empty()));
            addStreams(traits(writes, Processing.STREAMING, Optional.empty()), STREAMS, uses);
            if (batch.writeModes().contains(WriteMode.UPSERT)) {
                addStreams(traits(writes, Processing.STREAMING, Optional.of(WriteMode.UPSERT)), UPSERTS, uses);
            }
        });
        return uses;
    }

    private static void addStreams(SinkTraits traits, Map<OutputMode, Use> columns, Map<Use, Optional<Delivery>> uses) {
        traits.outputModes().stream()
                .flatMap(mode -> Optional.ofNullable(columns.get(mode)).stream())
                .forEach(use -> uses.put(use, Optional.of(traits.delivery())));
    }

    private static SinkTraits traits(Sink sink, Processing way, Optional<WriteMode> mode) {
        return sink.traits(new WriteRequest(
                new DataAddress(Optional.empty(), Optional.empty(), Optional.empty(), Position.NONE),
                way,
                mode.map(one -> new Located<>(one, Position.NONE)),
                List.of(),
                sink.settings().salvage(new Mapping(List.of(), Position.NONE), new Findings())));
    }
}
