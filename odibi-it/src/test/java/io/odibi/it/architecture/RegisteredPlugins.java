package io.odibi.it.architecture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** The classes that {@code META-INF/services} files name as plugins. */
final class RegisteredPlugins {

    private RegisteredPlugins() {}

    static Set<String> names() {
        Set<String> names = new HashSet<>();
        try {
            for (URL file : Collections.list(RegisteredPlugins.class
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
