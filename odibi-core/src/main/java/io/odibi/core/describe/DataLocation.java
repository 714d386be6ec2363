package io.odibi.core.describe;

import java.util.function.Function;

/** Where data lies. */
public sealed interface DataLocation {

    /** Does one of two things, by where the data lies. */
    <R> R fold(Function<? super AtPath, ? extends R> path, Function<? super InCatalog, ? extends R> table);

    /**
     * Under a path.
     *
     * @param path absolute, or a URI
     */
    record AtPath(String path) implements DataLocation {
        @Override
        public <R> R fold(Function<? super AtPath, ? extends R> path, Function<? super InCatalog, ? extends R> table) {
            return path.apply(this);
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /**
     * In a table of the engine's catalog.
     *
     * @param name its full name
     */
    record InCatalog(String name) implements DataLocation {
        @Override
        public <R> R fold(Function<? super AtPath, ? extends R> path, Function<? super InCatalog, ? extends R> table) {
            return table.apply(this);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
