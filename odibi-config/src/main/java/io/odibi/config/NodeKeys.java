package io.odibi.config;

import static io.odibi.config.Types.items;
import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.text;
import static io.odibi.core.settings.ValueTypes.truth;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.InputSpec;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.NodeSpec.Completeness;
import io.odibi.core.model.Processing;
import io.odibi.core.model.ReadSpec;
import io.odibi.core.model.StepSpec;
import io.odibi.core.model.StreamingSpec;
import io.odibi.core.model.WatermarkSpec;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node of a pipeline. */
final class NodeKeys {

    private static final Setting<Located<String>> NAME = Setting.required(
            "name", Types.name(), "The node's name: unique in its pipeline, and the view of its result in SQL");
    private static final Setting<String> DESCRIPTION = Setting.optional("description", text(), "What the node is for");
    private static final Setting<List<Located<String>>> DEPENDS_ON = Setting.optional(
            "depends_on",
            items(located(text("a node's name"))),
            "Nodes of the same pipeline that run before; without 'read', the first is the input");
    private static final Setting<ConfigValue> STREAMING = Setting.optional(
            "streaming",
            Types.part(
                    new TypeShape.AnyOf(List.of(new TypeShape.Truth(), new TypeShape.Keys(StreamingKeys.DECLARATION)))),
            "How the node runs as a stream; 'true' takes the defaults, and without it the node runs in batch");
    private static final Setting<ConfigValue> READ =
            Setting.optional("read", Types.part(new TypeShape.Keys(ReadKeys.DECLARATION)), "What the node reads");
    private static final Setting<Mapping> INPUTS = Setting.optional(
            "inputs",
            Types.mapping(new TypeShape.MapOf(InputType.shape())),
            "Named inputs, each a view of that name in SQL: '$pipeline.node', '$node', or a read");
    private static final Setting<ConfigValue> TRANSFORM = Setting.optional(
            "transform", Types.part(new TypeShape.Keys(TransformKeys.DECLARATION)), "What the node does to its input");
    private static final Setting<Located<String>> TRANSFORMER = Setting.optional(
            "transformer",
            located(text("a transform's name")),
            "A first step, before those of 'transform'; 'merge' is the node's write");
    private static final Setting<Mapping> PARAMS = Setting.optional(
            "params", Types.mapping(new TypeShape.MapOf(new TypeShape.Anything())), "Parameters of 'transformer'");
    private static final Setting<ConfigValue> WRITE =
            Setting.optional("write", Types.part(new TypeShape.Keys(WriteKeys.DECLARATION)), "Where the node writes");
    private static final Setting<Boolean> ENABLED = Setting.withDefault(
            "enabled", truth(), true, "Whether the node runs; 'false' leaves it out, and all that depends on it");
    private static final Setting<List<String>> TAGS = Setting.optional("tags", items(text()), "Labels for people");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "One node: it reads, does its steps, and writes",
            NAME,
            DESCRIPTION,
            DEPENDS_ON,
            STREAMING,
            READ,
            INPUTS,
            TRANSFORM,
            TRANSFORMER,
            PARAMS,
            WRITE,
            ENABLED,
            TAGS);

    private final Mapping mapping;
    private final Scope scope;
    private final Settings settings;

    private NodeKeys(Mapping mapping, Scope scope) {
        this.mapping = mapping;
        this.scope = scope;
        this.settings = scope.salvage(DECLARATION, Legacy.NODE.strip(mapping, scope));
    }

    /**
     * A node as it was read.
     *
     * @param spec the node
     * @param enabled whether it runs
     */
    record Node(NodeSpec spec, boolean enabled) {}

    /** Reads a node; empty if it has no name, so that nothing can refer to it, but its faults are told all the same. */
    static Optional<Node> read(Mapping mapping, Scope parent) {
        Scope scope = parent.apart();
        NodeKeys keys = new NodeKeys(mapping, scope);
        Optional<Located<String>> name = keys.name();
        NodeSpec spec = keys.spec(name.orElseGet(() -> new Located<>("", mapping.at())));
        parent.findings().addAll(scope.findings());
        return name.map(known -> new Node(spec, keys.settings.get(ENABLED)));
    }

    /** A name that breaks the rules still says which node others mean. */
    private Optional<Located<String>> name() {
        return settings.find(NAME)
                .or(() -> mapping.find(NAME.name())
                        .flatMap(entry -> entry.value() instanceof Scalar text && !text.isNothing()
                                ? Optional.of(new Located<>(text.text(), text.at()))
                                : Optional.empty()));
    }

    private NodeSpec spec(Located<String> name) {
        Optional<ReadSpec> read = settings.find(READ)
                .flatMap(value -> scope.mapping(value, READ.name(), ReadKeys.DECLARATION))
                .flatMap(written -> ReadKeys.read(written, scope.in(READ.name())));
        boolean lostRead = settings.find(READ).isPresent() && read.isEmpty();
        Map<String, InputSpec> inputs = inputs();
        boolean lostInput = inputs.size()
                < settings.find(INPUTS).map(all -> all.entries().size()).orElse(0);
        MergeKeys.Split steps = MergeKeys.split(steps(), scope);
        Optional<WriteKeys.Write> written = settings.find(WRITE)
                .flatMap(value -> scope.mapping(value, WRITE.name(), WriteKeys.DECLARATION))
                .map(mapped -> WriteKeys.read(mapped, scope.in(WRITE.name())));
        Optional<StreamingSpec> streaming = streaming(read, written.flatMap(WriteKeys.Write::streaming));
        Optional<WriteSpec> write = written.flatMap(WriteKeys.Write::spec)
                .or(() -> settings.find(WRITE).isPresent() ? Optional.empty() : steps.write())
                .map(spec ->
                        streaming.isPresent() ? WriteKeys.refuseSparkCheckpoint(spec, scope.in(WRITE.name())) : spec);
        steps.merge()
                .filter(merge -> settings.find(WRITE).isPresent())
                .ifPresent(merge -> scope.report(MergeKeys.besideWrite(merge, settings.at(WRITE))));
        boolean lostWrite = (settings.find(WRITE).isPresent() || steps.merge().isPresent()) && write.isEmpty();
        streaming.ifPresent(stream -> checkWatermarkInputs(stream, inputs));
        boolean whole =
                !lostRead && !lostInput && !lostWrite && !scope.findings().hasErrors();
        return new NodeSpec(
                name,
                settings.find(DESCRIPTION),
                settings.find(DEPENDS_ON).orElse(List.of()),
                streaming,
                read,
                inputs,
                steps.others(),
                write,
                whole ? Completeness.WHOLE : Completeness.PARTIAL,
                mapping.at());
    }

    private Map<String, InputSpec> inputs() {
        Map<String, InputSpec> inputs = new LinkedHashMap<>();
        for (Mapping.Entry entry : settings.find(INPUTS).map(Mapping::entries).orElse(List.of())) {
            Scope inside = scope.in(INPUTS.name(), entry.key());
            Scalar name = new Scalar(entry.key(), entry.keyAt(), Scalar.Style.QUOTED, TextOrigin.at(entry.keyAt()));
            inside.reading(found -> Types.name().read(name, "an input's name", found));
            InputType.read(entry, inside).ifPresent(input -> inputs.put(entry.key(), input));
        }
        return inputs;
    }

    private List<StepSpec> steps() {
        List<StepSpec> steps = new ArrayList<>();
        Optional<Located<String>> transformer = settings.find(TRANSFORMER);
        transformer.ifPresent(type -> steps.add(StepKeys.ofTransformer(type, settings.find(PARAMS))));
        if (transformer.isEmpty()
                && settings.find(PARAMS).isPresent()
                && mapping.find(TRANSFORMER.name()).isEmpty()) {
            scope.report(Finding.of(FindingCode.CONFIG_CONFLICT, settings.at(PARAMS), "'params' without 'transformer'")
                    .fix("name the transform: 'transformer: <type>'"));
        }
        settings.find(TRANSFORM)
                .flatMap(value -> scope.mapping(value, TRANSFORM.name(), TransformKeys.DECLARATION))
                .ifPresent(written -> steps.addAll(TransformKeys.read(written, scope.in(TRANSFORM.name()))));
        return steps;
    }

    private Optional<StreamingSpec> streaming(Optional<ReadSpec> read, Optional<StreamingSpec> old) {
        Optional<ConfigValue> own = settings.find(STREAMING);
        boolean streamRead = read.flatMap(ReadSpec::processing)
                .filter(how -> how.value() == Processing.STREAMING)
                .isPresent();
        if (own.isPresent() && old.isPresent()) {
            scope.report(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            old.get().at(),
                            "'streaming' stands both at the node and under 'write'")
                    .why("the other is at " + own.get().at())
                    .fix("keep the node's, and move into it what stands under 'write'"));
            return own.flatMap(this::ownStreaming);
        }
        if (own.isPresent()) {
            Optional<StreamingSpec> spec = own.flatMap(this::ownStreaming);
            if (spec.isEmpty() && streamRead && !scope.findings().hasErrors()) {
                conflict(read.get(), "the read is a stream, but the node runs in batch");
            }
            return spec;
        }
        if (old.isPresent() && read.isPresent() && !streamRead) {
            scope.report(Finding.of(
                            FindingCode.CONFIG_CONFLICT, old.get().at(), "the write is a stream, but the read is not")
                    .fix("move 'streaming' from 'write' to the node, or add 'streaming: true' to 'read'"));
        }
        return old.or(() -> streamRead
                ? Optional.of(StreamingKeys.byDefault(
                        read.get().processing().orElseThrow().at()))
                : Optional.empty());
    }

    private void conflict(ReadSpec read, String message) {
        Position at = read.processing().map(Located::at).orElse(read.at());
        scope.report(Finding.of(FindingCode.CONFIG_CONFLICT, at, message)
                .fix("take 'streaming' out of 'read': it follows the node"));
    }

    private Optional<StreamingSpec> ownStreaming(ConfigValue value) {
        if (value instanceof Mapping written) {
            return StreamingKeys.read(written, scope.in(STREAMING.name()));
        }
        Optional<Boolean> yes = value instanceof Scalar
                ? scope.reading(found -> truth().read(value, STREAMING.name(), found))
                : scope.reading(found -> ValueTypes.refuse(
                        value, STREAMING.name(), STREAMING.type().shape(), found));
        return yes.filter(on -> on).map(on -> StreamingKeys.byDefault(value.at()));
    }

    private void checkWatermarkInputs(StreamingSpec streaming, Map<String, InputSpec> inputs) {
        List<String> known = new ArrayList<>(inputs.keySet());
        settings.find(DEPENDS_ON).orElse(List.of()).forEach(name -> known.add(name.value()));
        for (WatermarkSpec watermark : streaming.watermarks()) {
            watermark
                    .input()
                    .filter(input -> !known.contains(input))
                    .ifPresent(input -> scope.in(STREAMING.name())
                            .report(Finding.of(
                                            FindingCode.CONFIG_VALUE,
                                            watermark.at(),
                                            "the watermark's input '" + input + "' is no input of the node")
                                    .allow(
                                            known.isEmpty()
                                                    ? "no 'input': the node has no named inputs"
                                                    : String.join(", ", known))
                                    .suggest(input, known)));
        }
    }
}
