package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.InputSpec;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A named input of a node: the result of another node, or a read. */
final class InputType {

    private static final String NODE_PATTERN = "^\\$([A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*$";
    private static final Pattern NODE = Pattern.compile("\\$(?:([A-Za-z_]\\w*)\\.)?([A-Za-z_]\\w*)");
    private static final TypeShape SHAPE = new TypeShape.AnyOf(List.of(
            new TypeShape.Text("'$pipeline.node' or '$node'", Optional.of(NODE_PATTERN)),
            new TypeShape.Keys(ReadKeys.DECLARATION)));

    private InputType() {}

    static TypeShape shape() {
        return SHAPE;
    }

    static Optional<InputSpec> read(Mapping.Entry entry, Scope scope) {
        if (entry.value() instanceof Mapping mapping) {
            return ReadKeys.read(mapping, scope).map(InputSpec.OfRead::new);
        }
        if (entry.value() instanceof Scalar text && !text.isNothing()) {
            Matcher node = NODE.matcher(text.text());
            if (node.matches()) {
                return Optional.of(new InputSpec.OfNode(
                        Optional.ofNullable(node.group(1)), new Located<>(node.group(2), text.at())));
            }
            Finding finding = Finding.of(
                            FindingCode.CONFIG_VALUE,
                            text.at(),
                            "'" + entry.key() + "' cannot be '" + text.text() + "'")
                    .allow(SHAPE.words());
            scope.report(
                    NODE.matcher("$" + text.text()).matches() ? finding.fix("write '$" + text.text() + "'") : finding);
            return Optional.empty();
        }
        return scope.reading(found -> ValueTypes.refuse(entry.value(), entry.key(), SHAPE, found));
    }
}
