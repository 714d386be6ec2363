/**
 * How running streaming queries are shown: as a table, one by one, as JSON. Knows nothing of how they are found; used by the
 * {@code odibi streaming} commands.
 */
@NullMarked
package io.odibi.cli.streaming;

import org.jspecify.annotations.NullMarked;
