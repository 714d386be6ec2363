package io.odibi.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** The product keeps every rule. {@link PlantedBreachTest} shows that each can fail. */
@AnalyzeClasses(packages = "io.odibi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static void seesTheClassesOfEveryModule(JavaClasses classes) {
        assertThat(Stream.of(
                        "core", "config", "engine", "transforms", "connector.kafka", "monitoring", "testkit", "cli"))
                .allSatisfy(module -> assertThat(classes.stream()
                                .filter(found -> found.getPackageName().startsWith("io.odibi." + module)))
                        .as("classes of module %s", module)
                        .hasSizeGreaterThan(3));
    }

    @ArchTest
    static void keepsEveryRule(JavaClasses classes) {
        Stream<Executable> checks = new ArchitectureRules("io.odibi", RegisteredPlugins.names())
                .all().values().stream().map((ArchRule rule) -> () -> rule.check(classes));
        Assertions.assertAll(checks);
    }
}
