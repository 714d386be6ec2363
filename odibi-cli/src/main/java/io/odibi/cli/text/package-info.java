/**
 * What goes to a terminal or a machine: streams with what is known of them, colours, amounts in words, JSON. Knows nothing of
 * pipelines; used by every other package of the command line.
 */
@NullMarked
package io.odibi.cli.text;

import org.jspecify.annotations.NullMarked;
