package io.odibi.core.model;

import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;

/**
 * One step of a node.
 *
 * @param type the transform's name
 * @param settings the transform's own settings
 * @param at where it was written
 */
public record StepSpec(Located<String> type, Mapping settings, Position at) {}
