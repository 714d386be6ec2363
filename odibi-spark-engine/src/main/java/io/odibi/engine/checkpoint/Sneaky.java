package io.odibi.engine.checkpoint;

import java.io.IOException;

/** Throws an IOException past a Scala signature: Scala declares none, and Spark catches them by their type. */
final class Sneaky {

    private Sneaky() {}

    /** Never returns; the return type lets a caller write {@code throw}. */
    static RuntimeException raise(IOException fault) {
        return Sneaky.<RuntimeException>unchecked(fault);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // erased: the cast does nothing, which is the point
    private static <E extends Throwable> RuntimeException unchecked(Throwable fault) throws E {
        throw (E) fault;
    }
}
