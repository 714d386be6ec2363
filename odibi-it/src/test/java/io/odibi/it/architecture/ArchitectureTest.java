package io.odibi.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The product keeps every rule, and every rule is seen to fail on a breach planted for it. */
class ArchitectureTest {

    private static final String PLANTED = "io.odibi.it.architecture.planted";

    private static final ArchitectureRules PRODUCT = new ArchitectureRules("io.odibi", registeredPlugins());
    private static final ArchitectureRules BREACHES = new ArchitectureRules(PLANTED, registeredPlugins());

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.odibi");
    private static final JavaClasses PLANTED_CLASSES = new ClassFileImporter().importPackages(PLANTED);

    @Test
    void seesTheClassesOfEveryModule() {
        assertThat(Stream.of("core", "config", "engine", "transforms", "connector.kafka", "testkit", "cli"))
                .allSatisfy(module -> assertThat(CLASSES.stream()
                                .filter(found -> found.getPackageName().startsWith("io.odibi." + module)))
                        .as("classes of module %s", module)
                        .hasSizeGreaterThan(3));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keepsTheRule(String breach) {
        PRODUCT.all().get(breach).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void failsOnThePlantedBreach(String breach) {
        assertThatThrownBy(() -> BREACHES.all().get(breach).check(PLANTED_CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(breach);
    }

    private static Stream<String> rules() {
        return PRODUCT.all().keySet().stream();
    }

    private static Set<String> registeredPlugins() {
        Set<String> names = new HashSet<>();
        try {
            for (URL file : Collections.list(ArchitectureTest.class
                    .getClassLoader()
                    .getResources("META-INF/services/io.odibi.core.port.Plugin"))) {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty())
                            .forEach(names::add);
                }
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return names;
    }
}
