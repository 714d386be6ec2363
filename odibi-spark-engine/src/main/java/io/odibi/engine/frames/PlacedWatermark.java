package io.odibi.engine.frames;

import io.odibi.core.model.WatermarkSpec;

/**
 * A watermark and the place where it was set.
 *
 * @param spec as the user wrote it
 * @param where in a reader's words: {@code after the read}, {@code after step 2 (derive)}, {@code on input 'payments'}
 */
public record PlacedWatermark(WatermarkSpec spec, String where) {}
