/**
 * What Odibi throws: one root, and a child for each who has to act. Thrown by every module; caught by the command line and by
 * embedders.
 */
@NullMarked
package io.odibi.core.error;

import org.jspecify.annotations.NullMarked;
