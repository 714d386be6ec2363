/** Delta tables under paths and in catalogs, for those who write them: {@code batch}, {@code streaming} and {@code upsert}. */
@NullMarked
package io.odibi.engine.delta;

import org.jspecify.annotations.NullMarked;
