package io.odibi.cli;

import io.odibi.cli.text.Terminal;
import io.odibi.core.catalog.PluginCatalog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the command finds around it; a test brings its own.
 *
 * @param environment environment variables
 * @param terminal where it reads and writes
 * @param clock the time
 * @param catalog finds what is installed, when it is needed
 * @param home the distribution's folder; empty where the command does not run from one
 * @param interruption what signals do
 */
record Surroundings(
        Map<String, String> environment,
        Terminal terminal,
        Clock clock,
        Supplier<PluginCatalog> catalog,
        Optional<Path> home,
        Interruption interruption) {}
