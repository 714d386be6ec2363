package io.odibi.config;

import io.odibi.config.yaml.YamlReader;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the files of a project into one mapping: the files of a folder side by side, each laid over what it imports. */
final class ProjectFiles {

    /** More files than any project has: beyond it, imports run wild. */
    private static final int MAX_FILES = 1_000;

    private static final List<String> ROOTS = List.of("project.yaml", "project.yml");
    private static final Set<String> PIPELINE_ONLY = Set.of("pipeline", "nodes");

    private final Variables variables;
    private final Findings findings;
    private final YamlReader reader = new YamlReader();
    private final Set<Path> read = new HashSet<>();
    private boolean complete = true;

    ProjectFiles(Variables variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    /** The folder that a project is in. */
    static Path folder(Path fileOrFolder) {
        if (Files.isDirectory(fileOrFolder)) {
            return fileOrFolder;
        }
        Path parent = fileOrFolder.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /** Whether every file could be read. */
    boolean isComplete() {
        return complete;
    }

    /** Returns the project as one mapping without imports; empty if no file of it could be read. */
    Optional<Mapping> load(Path fileOrFolder) {
        List<Path> files = Files.isDirectory(fileOrFolder) ? list(fileOrFolder) : List.of(fileOrFolder);
        Optional<Mapping> all = Optional.empty();
        for (Path file : files) {
            Optional<Mapping> next = file(file, Position.ofFile(file.toString()), FindingCode.CONFIG_UNREADABLE);
            all = all.isPresent() && next.isPresent() ? Optional.of(beside(all.get(), next.get())) : all.or(() -> next);
        }
        return all;
    }

    /** Reads one file and what it imports; empty if it could not be read, or was read before. */
    Optional<Mapping> file(Path file, Position asked, FindingCode missing) {
        if (!read.add(identity(file))) {
            return Optional.empty();
        }
        Optional<Mapping> tree = TextFile.read(file, asked, missing, findings)
                .flatMap(text -> reader.read(file.toString(), text, findings))
                .flatMap(this::top);
        if (tree.isEmpty()) {
            complete = false;
            return Optional.empty();
        }
        Mapping own = asProject(tree.get());
        Optional<Mapping> imported = Optional.empty();
        for (Located<String> name : imports(own)) {
            Optional<Mapping> next = imported(file, name);
            imported = imported.isPresent() && next.isPresent()
                    ? Optional.of(Trees.importing(imported.get(), next.get()))
                    : imported.or(() -> next);
        }
        Mapping rest = without(own, ProjectKeys.IMPORTS.name());
        return Optional.of(imported.map(below -> Trees.importing(below, rest)).orElse(rest));
    }

    private Optional<Mapping> imported(Path from, Located<String> name) {
        if (read.size() >= MAX_FILES) {
            complete = false;
            findings.add(Finding.of(
                    FindingCode.CONFIG_IMPORT, name.at(), "the project has more than " + MAX_FILES + " files"));
            return Optional.empty();
        }
        try {
            return file(from.resolveSibling(name.value()).normalize(), name.at(), FindingCode.CONFIG_IMPORT);
        } catch (InvalidPathException impossible) {
            complete = false;
            findings.add(Finding.of(FindingCode.CONFIG_IMPORT, name.at(), "'" + name.value() + "' is no path"));
            return Optional.empty();
        }
    }

    private List<Located<String>> imports(Mapping tree) {
        Optional<Mapping.Entry> entry = tree.find(ProjectKeys.IMPORTS.name());
        if (entry.isEmpty()) {
            return List.of();
        }
        Optional<List<Located<String>>> imports = ProjectKeys.IMPORTS
                .type()
                .read(variables.resolve(entry.get().value()), ProjectKeys.IMPORTS.name(), findings);
        complete &= imports.isPresent();
        return imports.orElse(List.of());
    }

    private List<Path> list(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ProjectFiles::belongs)) {
            all.forEach(files::add);
        } catch (IOException | DirectoryIteratorException | SecurityException refused) {
            complete = false;
            findings.add(Finding.of(
                            FindingCode.CONFIG_UNREADABLE,
                            Position.ofFile(folder.toString()),
                            "cannot list the folder '" + folder + "'")
                    .fix("check that the folder may be read by this user"));
            return List.of();
        }
        if (files.isEmpty()) {
            complete = false;
            findings.add(Finding.of(
                            FindingCode.CONFIG_UNREADABLE,
                            Position.ofFile(folder.toString()),
                            "the folder '" + folder + "' holds no *.yaml file")
                    .fix("write a project.yaml into it, or name another folder"));
        }
        Collections.sort(files);
        files.sort(
                Comparator.comparing(file -> !ROOTS.contains(file.getFileName().toString())));
        return files;
    }

    /** Hidden files, and those of one environment, are not part of every project. */
    private static boolean belongs(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && !name.startsWith("env.");
    }

    private static Path identity(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException | SecurityException absent) {
            return file.toAbsolutePath().normalize();
        }
    }

    private Optional<Mapping> top(ConfigValue value) {
        if (value instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        findings.add(Finding.of(FindingCode.CONFIG_VALUE, value.at(), "a project cannot be " + value.kind())
                .allow("a mapping with " + String.join(", ", ProjectKeys.DECLARATION.names())));
        return Optional.empty();
    }

    /** A file may hold one pipeline, without the list around it. */
    private static Mapping asProject(Mapping tree) {
        if (tree.entries().stream().noneMatch(entry -> PIPELINE_ONLY.contains(entry.key()))
                || tree.find(ProjectKeys.PIPELINES.name()).isPresent()) {
            return tree;
        }
        List<String> projectOnly = new ArrayList<>(ProjectKeys.DECLARATION.names());
        projectOnly.addAll(Legacy.PROJECT.ineffective().keySet());
        projectOnly.removeAll(PipelineKeys.DECLARATION.names());
        List<Mapping.Entry> project = new ArrayList<>();
        List<Mapping.Entry> pipeline = new ArrayList<>();
        tree.entries().forEach(entry -> (projectOnly.contains(entry.key()) ? project : pipeline).add(entry));
        Position at = pipeline.get(0).keyAt();
        project.add(new Mapping.Entry(ProjectKeys.PIPELINES.name(), at, new Mapping(pipeline, at)));
        return new Mapping(project, tree.at());
    }

    private static Mapping without(Mapping mapping, String key) {
        return new Mapping(
                mapping.entries().stream()
                        .filter(entry -> !entry.key().equals(key))
                        .toList(),
                mapping.at());
    }

    /** Puts two files of one folder together: what both set is a fault, since neither stands above the other. */
    private Mapping beside(Mapping first, Mapping second) {
        Map<String, Mapping.Entry> all = Trees.index(first);
        for (Mapping.Entry entry : second.entries()) {
            Mapping.Entry other = all.putIfAbsent(entry.key(), entry);
            if (other == null) {
                continue;
            }
            if (entry.key().equals(ProjectKeys.PIPELINES.name())) {
                all.put(entry.key(), Trees.append(other, entry));
            } else if (other.value() instanceof Mapping left && entry.value() instanceof Mapping right) {
                all.put(entry.key(), new Mapping.Entry(entry.key(), other.keyAt(), beside(entry.key(), left, right)));
            } else if (!same(other.value(), entry.value())) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_DUPLICATE_KEY,
                                entry.keyAt(),
                                "key '" + entry.key() + "' is there twice")
                        .why("another file of the folder has it, at " + other.keyAt())
                        .fix("keep one of them"));
            }
        }
        return new Mapping(List.copyOf(all.values()), first.at());
    }

    private Mapping beside(String key, Mapping first, Mapping second) {
        Map<String, Mapping.Entry> all = new LinkedHashMap<>(Trees.index(first));
        for (Mapping.Entry entry : second.entries()) {
            Mapping.Entry other = all.putIfAbsent(entry.key(), entry);
            if (other != null) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_DUPLICATE_NAME,
                                entry.keyAt(),
                                singular(key) + " '" + entry.key() + "' is there twice")
                        .why("the first is at " + other.keyAt())
                        .fix("give one of them another name"));
            }
        }
        return new Mapping(List.copyOf(all.values()), first.at());
    }

    private static String singular(String key) {
        return switch (key) {
            case "connections" -> "connection";
            case "environments" -> "environment";
            case "vars" -> "variable";
            default -> "the setting";
        };
    }

    private static boolean same(ConfigValue first, ConfigValue second) {
        return first instanceof Scalar a
                && second instanceof Scalar b
                && a.text().equals(b.text());
    }
}
