package io.odibi.cli;

import io.odibi.cli.text.Terminal;
import io.odibi.core.catalog.PluginCatalog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Commands run in this JVM, with an engine without an engine; what they write is kept. */
final class Session {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    final ScriptedPlugin plugin = new ScriptedPlugin();
    final List<Integer> ends = new CopyOnWriteArrayList<>();
    final Interruption interruption = new Interruption(ends::add, ends::add);

    final Map<String, String> environment = new HashMap<>();

    private final Path folder;

    /** Begins a session whose projects lie in a folder. */
    Session(Path folder) {
        this.folder = folder;
        environment.put("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    /** Writes a project with the connection {@code lake} and these lines as its nodes, and returns where it is. */
    Path project(String nodes) throws IOException {
        String text = """
                project: test
                connections:
                  lake: {type: local, base_path: /lake}
                pipelines:
                  - pipeline: p
                    nodes:
                """ + nodes.indent(6);
        return Files.writeString(folder.resolve("project.yaml"), text);
    }

    /** Runs a command and returns its exit code. */
    int odibi(Object... arguments) {
        Surroundings surroundings = new Surroundings(
                environment,
                Terminal.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                Clock.fixed(ScriptedPlugin.NOW, ZoneOffset.UTC),
                () -> PluginCatalog.of(List.of(plugin)),
                Optional.empty(),
                interruption);
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return new Cli(surroundings).run(words);
    }

    /** What standard output has got, the folder's own path left out. */
    String out() {
        return text(out);
    }

    /** What standard error has got, the folder's own path left out. */
    String err() {
        return text(err);
    }

    private String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    }
}
