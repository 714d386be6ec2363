package io.odibi.core.describe;

import io.odibi.core.settings.Settings;
import io.odibi.core.text.Position;

/**
 * One step of a node, its settings read.
 *
 * @param type the transform's name
 * @param settings read by the transform's own declaration
 * @param number the step's place in its node, from 1
 * @param at where it was written
 */
public record Step(String type, Settings settings, int number, Position at) {

    /** A name for people: {@code step 2 (derive)}. */
    public String label() {
        return "step " + number + " (" + type + ")";
    }
}
