package io.odibi.cli;

import io.odibi.cli.text.Terminal;
import io.odibi.core.catalog.PluginCatalog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The process: its streams, its signals, its end. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        // Before anything logs: the distribution's logging configuration reads it.
        if (Arrays.asList(arguments).contains("--debug")) {
            System.setProperty("odibi.log.own", "info");
            System.setProperty("odibi.log.others", "warn");
        }
        Interruption interruption = new Interruption(System::exit, Runtime.getRuntime()::halt);
        Signals.hear(interruption::signal);
        Terminal terminal = Terminal.ofProcess(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                environment,
                System.getProperty("odibi.terminal", ""));
        Surroundings surroundings = new Surroundings(
                environment,
                terminal,
                Clock.systemUTC(),
                () -> PluginCatalog.discover(Main.class.getClassLoader()),
                Optional.ofNullable(System.getProperty("odibi.home")).map(Path::of),
                interruption);
        int code = new Cli(surroundings).run(arguments);
        // In cluster mode a driver that exits by itself counts as failed, so a good end returns to spark-submit.
        if (code != ExitCode.WELL || System.getProperty("spark.submit.deployMode") == null) {
            System.exit(code);
        }
    }

    /** In any locale: what Odibi writes has characters that ASCII has not, and JSON is UTF-8. */
    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
