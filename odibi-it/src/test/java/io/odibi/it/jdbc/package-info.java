/** Databases, on a real PostgreSQL that the tests start themselves: {@link io.odibi.it.jdbc.PostgresServer}. */
package io.odibi.it.jdbc;
