package io.odibi.it.matrix;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A test that shows something of a format.
 *
 * @param format the format, as YAML names it
 * @param use what it shows
 * @param type the test's class, by its full name
 * @param method the test's method
 */
record Proof(String format, Use use, String type, String method) {

    private static final Comparator<Proof> ORDER =
            Comparator.comparing(Proof::type).thenComparing(Proof::method).thenComparing(Proof::use);

    /** Returns the proofs among the classes of a package and those below, in order. */
    static List<Proof> in(String classes) {
        return new ClassFileImporter()
                .importPackages(classes).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method ->
                                method.isAnnotatedWith(Proves.class) || method.isAnnotatedWith(Proves.All.class))
                        .map(JavaMethod::reflect)
                        .flatMap(Proof::of)
                        .sorted(ORDER)
                        .toList();
    }

    private static Stream<Proof> of(Method method) {
        return Arrays.stream(method.getAnnotationsByType(Proves.class))
                .flatMap(proves -> Arrays.stream(proves.use())
                        .map(use -> new Proof(
                                proves.format(), use, method.getDeclaringClass().getName(), method.getName())));
    }

    /** The class's name without its package. */
    String simpleType() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** What the test says, as words: its name is a sentence. */
    String sentence() {
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
