package io.odibi.it.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is seen to fail on a breach planted for it, a class of the breach's name. */
class PlantedBreachTest {

    private static final String PLANTED = "io.odibi.it.architecture.planted";

    private static final ArchitectureRules RULES = new ArchitectureRules(PLANTED, RegisteredPlugins.names());
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(PLANTED);

    @ParameterizedTest
    @MethodSource("breaches")
    void failsOnThePlantedBreach(String breach) {
        assertThatThrownBy(() -> RULES.all().get(breach).check(CLASSES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(breach);
    }

    private static Stream<String> breaches() {
        return RULES.all().keySet().stream();
    }
}
