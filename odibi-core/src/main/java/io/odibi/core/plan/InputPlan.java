package io.odibi.core.plan;

import java.util.function.Function;

/** Where the rows of an input come from. */
public sealed interface InputPlan {

    /** Does one of two things, by where the rows come from. */
    <R> R fold(Function<? super FromRead, ? extends R> read, Function<? super FromNode, ? extends R> node);

    /**
     * A read.
     *
     * @param read what is read
     */
    record FromRead(ReadPlan read) implements InputPlan {
        @Override
        public <R> R fold(Function<? super FromRead, ? extends R> read, Function<? super FromNode, ? extends R> node) {
            return read.apply(this);
        }
    }

    /**
     * The result of another node.
     *
     * @param node the other node
     */
    record FromNode(NodeId node) implements InputPlan {
        @Override
        public <R> R fold(Function<? super FromRead, ? extends R> read, Function<? super FromNode, ? extends R> node) {
            return node.apply(this);
        }
    }
}
