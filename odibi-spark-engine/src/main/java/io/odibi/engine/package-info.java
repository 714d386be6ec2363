/**
 * Runs checked plans on Spark. This is the front door: {@link io.odibi.engine.SparkEnginePlugin} is found by {@code ServiceLoader} and
 * hands out the formats, the execution modes and the rules; nothing here loads a class of Spark before a check or a run asks for it.
 */
@NullMarked
package io.odibi.engine;

import org.jspecify.annotations.NullMarked;
