/**
 * The connection types that come with the engine: places for files, catalogs of tables, databases. Each turns its settings into what
 * Hadoop's file systems, Spark's catalogs or JDBC drivers are told, without touching any, so that {@code odibi connectors} answers at once. Handed out by
 * {@link io.odibi.engine.connections.EngineConnections}.
 */
@NullMarked
package io.odibi.engine.connections;

import org.jspecify.annotations.NullMarked;
