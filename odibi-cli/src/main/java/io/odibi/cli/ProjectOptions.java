package io.odibi.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which project. */
final class ProjectOptions {

    @Parameters(paramLabel = "PROJECT", description = "A YAML file, or a folder with a project.yaml.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path project;

    @Option(names = "--env", paramLabel = "NAME", description = "An environment of the project, such as prod.")
    private @Nullable String environment;

    Path project() {
        return project;
    }

    java.util.Optional<String> environment() {
        return java.util.Optional.ofNullable(environment);
    }
}
