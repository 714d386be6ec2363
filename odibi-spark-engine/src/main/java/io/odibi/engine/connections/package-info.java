/**
 * The connection types that come with the engine: places for files, and catalogs of tables. Each turns its settings into what Hadoop's
 * file systems or Spark's catalogs are told, without touching either, so that {@code odibi connectors} answers at once. Handed out by
 * {@link io.odibi.engine.connections.EngineConnections}.
 */
@NullMarked
package io.odibi.engine.connections;

import org.jspecify.annotations.NullMarked;
