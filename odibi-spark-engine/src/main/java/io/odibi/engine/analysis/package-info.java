/**
 * The third look: each node's steps are analysed by Spark over empty inputs that have the real columns, and
 * {@link io.odibi.engine.analysis.StreamRules} judges the plans. The checker calls it before anything starts, the streaming mode once
 * more with the real plan.
 */
@NullMarked
package io.odibi.engine.analysis;

import org.jspecify.annotations.NullMarked;
