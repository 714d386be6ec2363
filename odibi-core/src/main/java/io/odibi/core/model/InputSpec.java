package io.odibi.core.model;

import io.odibi.core.text.Located;
import java.util.Optional;

/** A named input of a node. */
public sealed interface InputSpec {

    /**
     * The result of another node.
     *
     * @param pipeline the other node's pipeline; empty for the same
     * @param node the other node's name
     */
    record OfNode(Optional<String> pipeline, Located<String> node) implements InputSpec {}

    /**
     * A read of its own.
     *
     * @param read what is read
     */
    record OfRead(ReadSpec read) implements InputSpec {}
}
