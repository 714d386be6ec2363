/**
 * From a {@link io.odibi.core.plan.NodePlan} to a Dataset, the one way: {@link io.odibi.engine.frames.FrameBuilder} serves the
 * execution modes over real data and the analysis over empty stubs, so that what was checked is what runs.
 */
@NullMarked
package io.odibi.engine.frames;

import org.jspecify.annotations.NullMarked;
