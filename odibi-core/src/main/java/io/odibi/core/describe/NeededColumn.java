package io.odibi.core.describe;

import io.odibi.core.text.Position;
import java.util.List;
import java.util.Objects;

/**
 * A column that a sink takes by its name. The check before the start holds the node's result against it, wherever the result's columns
 * are known.
 *
 * @param name the column's name; upper and lower case are alike
 * @param types the types that it may have, as SQL writes them ({@code STRING}, {@code MAP<STRING, STRING>}); none for any type
 * @param presence whether it has to be there
 * @param mend what a user does who does not have it
 * @param at where the project asks for it: the write, or the setting that names the column
 */
public record NeededColumn(String name, List<String> types, Presence presence, String mend, Position at) {

    /** Whether a column has to be there. */
    public enum Presence {
        /** Without it nothing can be written. */
        REQUIRED,
        /** It is used if it is there. */
        OPTIONAL
    }

    public NeededColumn {
        Objects.requireNonNull(name, "name");
        types = List.copyOf(types);
    }
}
