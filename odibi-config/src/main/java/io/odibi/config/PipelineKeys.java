package io.odibi.config;

import static io.odibi.config.Types.items;
import static io.odibi.core.settings.ValueTypes.text;

import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pipeline. */
final class PipelineKeys {

    private static final Setting<Located<String>> PIPELINE =
            Setting.required("pipeline", Types.name(), "The pipeline's name, unique in the project");
    private static final Setting<String> DESCRIPTION =
            Setting.optional("description", text(), "What the pipeline is for");
    private static final Setting<String> OWNER = Setting.optional("owner", text(), "Who answers for the pipeline");
    private static final Setting<List<String>> TAGS = Setting.optional("tags", items(text()), "Labels for people");
    private static final Setting<ConfigValue> NODES = Setting.required(
            "nodes",
            Types.part(new TypeShape.ListOf(new TypeShape.Keys(NodeKeys.DECLARATION))),
            "What the pipeline does, one node after another");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "A pipeline: nodes that build on each other", PIPELINE, DESCRIPTION, OWNER, TAGS, NODES);

    private PipelineKeys() {}

    /**
     * A pipeline as it was read.
     *
     * @param spec the pipeline with all its nodes
     * @param disabled names of nodes that do not run
     */
    record Pipeline(PipelineSpec spec, Set<String> disabled) {}

    /** Reads a pipeline; empty if it has no name. */
    static Optional<Pipeline> read(Mapping mapping, Scope scope) {
        Settings settings = scope.salvage(DECLARATION, Legacy.PIPELINE.strip(mapping, scope));
        List<NodeSpec> nodes = new ArrayList<>();
        Set<String> disabled = new LinkedHashSet<>();
        int number = 0;
        for (ConfigValue value : settings.find(NODES).map(Types::itemsOf).orElse(List.of())) {
            Scope inside = scope.in(NODES.name(), label(value, "name", number++));
            inside.mapping(value, "node", NodeKeys.DECLARATION)
                    .flatMap(node -> NodeKeys.read(node, inside))
                    .ifPresent(node -> {
                        nodes.add(node.spec());
                        if (!node.enabled()) {
                            disabled.add(node.spec().name().value());
                        }
                    });
        }
        return settings.find(PIPELINE)
                .or(() -> mapping.find(PIPELINE.name()).flatMap(PipelineKeys::nameAsWritten))
                .map(name -> new Pipeline(
                        new PipelineSpec(name, settings.find(DESCRIPTION), nodes, mapping.at()), disabled));
    }

    /** What an item of a list is called in a path: its name, or its number from 0. */
    static String label(ConfigValue item, String nameKey, int number) {
        return item instanceof Mapping mapping
                ? mapping.find(nameKey)
                        .flatMap(PipelineKeys::nameAsWritten)
                        .map(Located::value)
                        .orElse(String.valueOf(number))
                : String.valueOf(number);
    }

    /** A name that breaks the rules still says what others mean. */
    private static Optional<Located<String>> nameAsWritten(Mapping.Entry entry) {
        return entry.value() instanceof Scalar text
                        && !text.isNothing()
                        && !text.text().isBlank()
                ? Optional.of(new Located<>(text.text(), text.at()))
                : Optional.empty();
    }
}
