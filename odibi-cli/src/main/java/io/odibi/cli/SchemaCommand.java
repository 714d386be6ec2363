package io.odibi.cli;

import io.odibi.config.JsonSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code odibi schema}: the language for editors. */
@Command(
        name = "schema",
        header = "Prints a JSON Schema of the language, for editors.",
        description = "With every setting of what is installed.",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = {
            "  odibi schema > odibi.schema.json",
            "  and as the first line of project.yaml:",
            "  # yaml-language-server: $schema=./odibi.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    SchemaCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings
                .terminal()
                .say(new JsonSchema().generate(surroundings.catalog().get()).stripTrailing());
        return ExitCode.WELL;
    }
}
