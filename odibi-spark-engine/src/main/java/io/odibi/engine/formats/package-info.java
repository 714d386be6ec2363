/**
 * The formats that come with the engine, described: settings in, scans and targets out. Nothing here touches
 * Spark, so that {@code odibi connectors} answers at once. Handed out by {@link io.odibi.engine.formats.EngineFormats}.
 */
@NullMarked
package io.odibi.engine.formats;

import org.jspecify.annotations.NullMarked;
