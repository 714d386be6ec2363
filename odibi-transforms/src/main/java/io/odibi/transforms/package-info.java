/**
 * The built-in transforms, one class each, handed out by {@link io.odibi.transforms.TransformsPlugin}. What a transform declares
 * (settings, stream trait) loads without Spark; what it does ({@code apply}) is called by the engine, at the check and at the start.
 */
@NullMarked
package io.odibi.transforms;

import org.jspecify.annotations.NullMarked;
