package io.odibi.core.catalog;

import io.odibi.core.error.ExternalException;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.Plugin;
import io.odibi.core.port.Rule;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.port.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * What is installed: all that the plugins on the class path hand out, by the names that YAML uses. Immutable.
 *
 * <p>This is the one place that calls {@link ServiceLoader}.
 */
public final class PluginCatalog {

    /** Which artifact has a name that nobody installed claims. */
    private static final Map<String, String> KNOWN_ARTIFACTS = Map.of(
            "kafka", "io.odibi:odibi-connector-kafka",
            "eventhubs", "io.odibi:odibi-connector-eventhubs",
            "delta", "io.odibi:odibi-spark-engine",
            "parquet", "io.odibi:odibi-spark-engine",
            "local", "io.odibi:odibi-spark-engine",
            "sql", "io.odibi:odibi-transforms",
            "derive", "io.odibi:odibi-transforms");

    private final Registered<ConnectionType> connections;
    private final Registered<Source> sources;
    private final Registered<Sink> sinks;
    private final Registered<Transform<?>> transforms;
    private final Registered<ExecutionMode> executionModes;
    private final List<Rule> rules;
    private final List<FailureExplainer> failures;

    private PluginCatalog(Registration all) {
        connections = all.connections();
        sources = all.sources();
        sinks = all.sinks();
        transforms = all.transforms();
        executionModes = all.executionModes();
        rules = all.rules();
        failures = all.failures();
    }

    /**
     * Finds the plugins that a class loader sees.
     *
     * @throws ExternalException if a plugin cannot be made, or two claim one name
     */
    public static PluginCatalog discover(ClassLoader loader) {
        List<Plugin> found = new ArrayList<>();
        try {
            ServiceLoader.load(Plugin.class, loader).forEach(found::add);
        } catch (ServiceConfigurationError broken) {
            throw new ExternalException("cannot load a plugin: " + broken.getMessage(), broken);
        }
        return of(found);
    }

    /**
     * Makes the catalog of given plugins; for tests and for embedders that choose theirs.
     *
     * @throws ExternalException if two claim one name, or one fails to hand out what it has
     */
    public static PluginCatalog of(List<? extends Plugin> plugins) {
        Registration all = new Registration();
        for (Plugin plugin : plugins) {
            String origin = origin(plugin);
            all.from(origin);
            try {
                plugin.contribute(all);
            } catch (ExternalException clash) {
                throw clash;
            } catch (RuntimeException | LinkageError broken) {
                throw new ExternalException("cannot load plugin " + origin + ": " + broken.getMessage(), broken);
            }
        }
        return new PluginCatalog(all);
    }

    /** Connection types. */
    public Registered<ConnectionType> connections() {
        return connections;
    }

    /** Formats that can be read. */
    public Registered<Source> sources() {
        return sources;
    }

    /** Formats that can be written. */
    public Registered<Sink> sinks() {
        return sinks;
    }

    /** Transforms. */
    public Registered<Transform<?>> transforms() {
        return transforms;
    }

    /** Ways to carry out nodes. */
    public Registered<ExecutionMode> executionModes() {
        return executionModes;
    }

    /** Rules over whole plans, in the order in which they were found. */
    public List<Rule> rules() {
        return rules;
    }

    /** What the plugins know of failures: the first that knows one explains it. */
    public FailureExplainer failures() {
        return (chain, node) -> failures.stream()
                .flatMap(explainer -> explainer.explain(chain, node).stream())
                .findFirst();
    }

    private static String origin(Plugin plugin) {
        var source = plugin.getClass().getProtectionDomain().getCodeSource();
        String jar = source == null ? "" : source.getLocation().getPath();
        String file = jar.substring(jar.lastIndexOf('/', jar.length() - 2) + 1);
        return plugin.getClass().getName() + (file.isEmpty() ? "" : " in " + file);
    }

    /**
     * Things of one kind, by name.
     *
     * @param kind what they are, for messages
     * @param byName the things, sorted by name
     * @param origins the plugin that each came from
     * @param <T> their type
     */
    public record Registered<T>(String kind, Map<String, T> byName, Map<String, String> origins) {

        public Registered {
            byName = Collections.unmodifiableMap(new TreeMap<>(byName));
            origins = Collections.unmodifiableMap(new TreeMap<>(origins));
        }

        /** Returns the thing of that name. */
        public Optional<T> find(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        /** What to do about a name that is not there. */
        public String mend(String name) {
            return Optional.ofNullable(KNOWN_ARTIFACTS.get(name))
                    .map(artifact -> "add " + artifact + " to the class path")
                    .orElse("installed: " + String.join(", ", byName.keySet()));
        }
    }
}
