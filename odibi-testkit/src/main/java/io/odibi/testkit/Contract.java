package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A suite of behaviours that hold unless they are waived with a reason. Extend one of the suites, not this. */
public abstract class Contract {

    /**
     * A text that stands for every secret: the suites put it where secrets go and look for it where they must not show. Put it into
     * secrets of your own settings too.
     */
    public static final String CANARY = "canary-7f3a91";

    /** Made by JUnit. */
    protected Contract() {}

    /** Behaviours that do not hold, by the name of their test, each with the reason. */
    protected Map<String, String> waivers() {
        return Map.of();
    }

    @BeforeEach
    final void skipWhatIsWaived(TestInfo test) {
        String name = test.getTestMethod().map(Method::getName).orElse("");
        Assumptions.assumeFalse(
                waivers().containsKey(name), () -> "waived: " + waivers().get(name));
    }

    @Test
    void waivesBehavioursOfTheSuiteWithReasons() {
        Set<String> behaviours = Stream.<Class<?>>iterate(
                        getClass(), type -> type != Contract.class, Class::getSuperclass)
                .filter(type -> type.getName().startsWith("io.odibi.testkit."))
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(behaviours)
                .as("behaviours of the suite")
                .containsAll(waivers().keySet());
        assertThat(waivers().values()).as("reasons").noneMatch(String::isBlank);
    }
}
