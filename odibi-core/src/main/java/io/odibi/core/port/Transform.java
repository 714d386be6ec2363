package io.odibi.core.port;

import io.odibi.core.describe.Step;
import io.odibi.core.describe.StreamTrait;
import io.odibi.core.settings.SettingsDeclaration;

/**
 * One kind of step of a node. Safe for use by several threads.
 *
 * @param <D> the engine's dataset type
 */
public interface Transform<D> {

    /** The settings of a step of this kind; the same at each call. */
    SettingsDeclaration settings();

    /** What the step does to a stream; pure. A transform has to say: there is no default. */
    StreamTrait streamTrait(Step step);

    /**
     * Applies the step. Lazy: builds on the input and runs nothing. Called once per start of the node, and once more with an empty
     * input of the same columns when the project is checked.
     *
     * @throws StepException if the step does not fit its input, with the place of the fault
     */
    D apply(StepInput<D> input, Step step);
}
