package io.odibi.config;

import io.odibi.core.finding.FindingText;
import io.odibi.core.model.NodeSpec;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A project folder of a test. */
final class Folder {

    private final Path path;
    private final Map<String, String> environment = new HashMap<>();

    Folder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Folder with(String file, String text) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Folder with(String file, byte[] bytes) {
        try {
            Files.write(path.resolve(file), bytes);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Folder env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Loaded load() {
        return load(path, Optional.empty());
    }

    Loaded loadFile(String file) {
        return load(path.resolve(file), Optional.empty());
    }

    Loaded loadIn(String environmentName) {
        return load(path, Optional.of(environmentName));
    }

    /** The project, which has to be without findings. */
    ProjectSpec project() {
        return clean(load());
    }

    ProjectSpec clean(Loaded loaded) {
        String findings = text(loaded);
        if (!findings.isEmpty()) {
            throw new AssertionError(findings);
        }
        return loaded.project().orElseThrow();
    }

    /** The findings as a person sees them, with paths that start in the folder. */
    String text(Loaded loaded) {
        return new FindingText().render(loaded.findings().sorted()).replace(path + "/", "");
    }

    /** The first lines of the findings, without notes and count. */
    String lines(Loaded loaded) {
        StringBuilder lines = new StringBuilder();
        text(loaded)
                .lines()
                .filter(line -> line.endsWith("]") && !line.startsWith(" "))
                .forEach(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    static NodeSpec node(ProjectSpec project, String name) {
        return project.pipelines().stream()
                .map(PipelineSpec::nodes)
                .flatMap(nodes -> nodes.stream())
                .filter(node -> node.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Loaded load(Path fileOrFolder, Optional<String> name) {
        Clock clock = Clock.fixed(Instant.parse("2026-03-15T10:20:30Z"), ZoneOffset.UTC);
        return new ProjectLoader(environment, clock).load(fileOrFolder, name);
    }
}
