/**
 * What is going on: a checked plan carried out node by node. Called by the front door.
 */
@NullMarked
package io.odibi.core.run;

import org.jspecify.annotations.NullMarked;
