/**
 * Streams whose rows are numbered ({@link io.odibi.core.describe.Numbering}), read through a source of Spark's first interface that does not
 * watch over them itself. {@link io.odibi.engine.numbered.NumberedReads} is called where a node's inputs are read.
 */
@NullMarked
package io.odibi.engine.numbered;

import org.jspecify.annotations.NullMarked;
