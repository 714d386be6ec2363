package io.odibi.core.model;

import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;

/**
 * One connection.
 *
 * @param name unique in its project
 * @param type the connection type's name
 * @param settings the type's own settings
 * @param at where it was written
 */
public record ConnectionSpec(Located<String> name, Located<String> type, Mapping settings, Position at) {}
