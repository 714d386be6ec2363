/**
 * What a run shows while it works: a block drawn anew on a terminal, a line for each event elsewhere, or JSON. Listens to runs;
 * made by the commands that run something.
 */
@NullMarked
package io.odibi.cli.progress;

import org.jspecify.annotations.NullMarked;
