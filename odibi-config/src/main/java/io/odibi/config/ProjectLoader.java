package io.odibi.config;

import io.odibi.core.finding.Findings;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.text.ConfigValue.Mapping;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Loads projects: the first look. A project is a file, or a folder with its {@code project.yaml} and every other {@code *.yaml} in it.
 *
 * <p>Everything wrong is a finding, and all are told at once. Reads files and nothing else; contacts no system. Immutable; each call of
 * {@link #load} works on its own.
 */
public final class ProjectLoader {

    private final Map<String, String> environment;
    private final Clock clock;

    /**
     * Makes a loader.
     *
     * @param environment the variables of the process; they win over those of a {@code .env} file beside the project
     * @param clock the time and time zone for {@code ${date:...}}
     */
    public ProjectLoader(Map<String, String> environment, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Loads a project.
     *
     * @param fileOrFolder where it is; places in findings start with this path as it is given
     * @param name the environment whose {@code environments:} entry, and {@code env.NAME.yaml} beside the project, are merged over it
     */
    public Loaded load(Path fileOrFolder, Optional<String> name) {
        Findings findings = new Findings();
        Map<String, String> variables = DotEnv.beside(fileOrFolder, environment, findings);
        Variables withoutVars = new Variables(variables, clock, Optional.empty(), findings);
        ProjectFiles files = new ProjectFiles(withoutVars, findings);
        Optional<ProjectSpec> project = files.load(fileOrFolder)
                .map(tree -> new Environments(files, findings).apply(tree, fileOrFolder, name))
                .map(tree -> decode(tree, fileOrFolder, variables, findings));
        return new Loaded(project.filter(read -> files.isComplete()), findings);
    }

    private ProjectSpec decode(Mapping tree, Path fileOrFolder, Map<String, String> variables, Findings findings) {
        Variables all = new Variables(variables, clock, tree.find(ProjectKeys.VARS.name()), findings);
        Mapping resolved = all.resolve(tree);
        Scope top = new Scope("", findings, new Scope.Told(all.unresolved(), new HashSet<>()));
        return ProjectKeys.read(resolved, ProjectFiles.folder(fileOrFolder), top);
    }
}
