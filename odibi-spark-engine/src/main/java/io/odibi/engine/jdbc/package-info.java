/**
 * Databases: what is read from them, described, and what is written to them, carried out. A write is one transaction, with a row in a
 * ledger that says that it was done. {@link io.odibi.engine.jdbc.DatabaseFormats} hands the formats out; the execution modes call
 * {@link io.odibi.engine.jdbc.DatabaseWriter}.
 */
@NullMarked
package io.odibi.engine.jdbc;

import org.jspecify.annotations.NullMarked;
