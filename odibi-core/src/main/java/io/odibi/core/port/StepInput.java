package io.odibi.core.port;

import io.odibi.core.model.Processing;
import java.util.Map;
import java.util.Optional;

/**
 * What a step works on.
 *
 * @param <D> the engine's dataset type
 */
public interface StepInput<D> {

    /** The current frame: what the step before has made. Empty for a first step whose node has no input of its own. */
    Optional<D> current();

    /** Named inputs: upstream nodes and {@code inputs:}, by the names that SQL uses. */
    Map<String, D> named();

    /** How the node treats its input. */
    Processing processing();

    /** The engine's session object ({@code org.apache.spark.sql.SparkSession} for Spark). */
    Object session();
}
