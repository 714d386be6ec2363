/**
 * The {@code odibi} command: one class for each subcommand, and {@link io.odibi.cli.Main}, which alone ends the process. It puts the
 * product together (plugins, loader, core) and shows what they say; nothing depends on it.
 */
@NullMarked
package io.odibi.cli;

import org.jspecify.annotations.NullMarked;
