package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays what differs in an environment over a project. */
final class Environments {

    /** What an environment may change: the project, but not what it is made of. */
    private static final List<String> KEYS = keys();

    private final ProjectFiles files;
    private final Findings findings;

    Environments(ProjectFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** The keys of an environment. */
    static List<String> keys() {
        List<String> keys = new ArrayList<>(ProjectKeys.DECLARATION.names());
        keys.remove(ProjectKeys.ENVIRONMENTS.name());
        keys.remove(ProjectKeys.IMPORTS.name());
        keys.remove(ProjectKeys.PROJECT.name());
        return List.copyOf(keys);
    }

    /** Returns the project without {@code environments:}, the chosen one laid over it. */
    Mapping apply(Mapping project, Path fileOrFolder, Optional<String> name) {
        Optional<Mapping.Entry> entry = project.find(ProjectKeys.ENVIRONMENTS.name());
        Mapping rest = new Mapping(
                project.entries().stream()
                        .filter(one -> !one.key().equals(ProjectKeys.ENVIRONMENTS.name()))
                        .toList(),
                project.at());
        Mapping all = entry.flatMap(
                        written -> ProjectKeys.ENVIRONMENTS.type().read(written.value(), written.key(), findings))
                .orElseGet(() -> Mapping.empty(project.at()));
        all.entries().forEach(this::check);
        return name.map(chosen -> choose(rest, all, fileOrFolder, chosen)).orElse(rest);
    }

    private Mapping choose(Mapping project, Mapping all, Path fileOrFolder, String name) {
        Optional<Mapping.Entry> written = all.find(name);
        Optional<Path> file = file(fileOrFolder, name);
        Mapping changed = project;
        if (written.isPresent() && written.get().value() instanceof Mapping change) {
            changed = Trees.overlay(changed, change);
        }
        if (file.isPresent()) {
            Position place = Position.ofFile(file.get().toString());
            Optional<Mapping> change = files.file(file.get(), place, FindingCode.CONFIG_UNREADABLE);
            changed = change.isPresent() ? Trees.overlay(changed, change.get()) : changed;
        }
        if (written.isEmpty() && file.isEmpty()) {
            List<String> known = all.entries().stream().map(Mapping.Entry::key).toList();
            findings.add(Finding.of(FindingCode.CONFIG_ENVIRONMENT, all.at(), "there is no environment '" + name + "'")
                    .allow(known.isEmpty() ? "none: the project has no 'environments'" : String.join(", ", known))
                    .suggest(name, known));
        }
        return changed;
    }

    /** The file beside the project with what differs, as the Python Odibi has it. */
    private static Optional<Path> file(Path fileOrFolder, String name) {
        if (!name.matches("[A-Za-z0-9_.-]{1,128}")) {
            return Optional.empty();
        }
        return List.of("env." + name + ".yaml", "env." + name + ".yml").stream()
                .map(ProjectFiles.folder(fileOrFolder)::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    private void check(Mapping.Entry environment) {
        if (!(environment.value() instanceof Mapping change)) {
            if (!Types.isNothing(environment.value())) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                environment.value().at(),
                                "'" + environment.key() + "' cannot be "
                                        + environment.value().kind())
                        .path(ProjectKeys.ENVIRONMENTS.name())
                        .allow("a mapping with " + String.join(", ", KEYS)));
            }
            return;
        }
        for (Mapping.Entry entry : change.entries()) {
            if (!KEYS.contains(entry.key()) && !Legacy.PROJECT.ineffective().containsKey(entry.key())) {
                findings.add(
                        Finding.of(FindingCode.CONFIG_UNKNOWN_KEY, entry.keyAt(), "unknown key '" + entry.key() + "'")
                                .path(ProjectKeys.ENVIRONMENTS.name() + "." + environment.key())
                                .allow(String.join(", ", KEYS))
                                .suggest(entry.key(), KEYS));
            }
        }
    }
}
