package io.odibi.core.catalog;

import io.odibi.core.catalog.PluginCatalog.Registered;
import io.odibi.core.error.ExternalException;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.port.Contributions;
import io.odibi.core.port.ExecutionMode;
import io.odibi.core.port.FailureExplainer;
import io.odibi.core.port.Rule;
import io.odibi.core.port.Sink;
import io.odibi.core.port.Source;
import io.odibi.core.port.Transform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes what plugins hand out, and refuses a name that is claimed twice. */
final class Registration implements Contributions {

    private final Claims<ConnectionType> connectionClaims = new Claims<>("connection type");
    private final Claims<Source> sourceClaims = new Claims<>("source format");
    private final Claims<Sink> sinkClaims = new Claims<>("sink format");
    private final Claims<Transform<?>> transformClaims = new Claims<>("transform");
    private final Claims<ExecutionMode> modeClaims = new Claims<>("execution mode");
    private final List<Rule> ruleList = new ArrayList<>();
    private final List<FailureExplainer> explainers = new ArrayList<>();
    private String plugin = "";

    /** Says which plugin the next contributions come from. */
    void from(String origin) {
        plugin = origin;
    }

    @Override
    public void connection(String name, ConnectionType type) {
        connectionClaims.add(name, type);
    }

    @Override
    public void source(String name, Source source) {
        sourceClaims.add(name, source);
    }

    @Override
    public void sink(String name, Sink sink) {
        sinkClaims.add(name, sink);
    }

    @Override
    public void transform(String name, Transform<?> transform) {
        transformClaims.add(name, transform);
    }

    @Override
    public void executionMode(String name, ExecutionMode mode) {
        modeClaims.add(name, mode);
    }

    @Override
    public void rule(Rule rule) {
        ruleList.add(Objects.requireNonNull(rule, "rule"));
    }

    @Override
    public void failures(FailureExplainer explainer) {
        explainers.add(Objects.requireNonNull(explainer, "explainer"));
    }

    Registered<ConnectionType> connections() {
        return connectionClaims.registered();
    }

    Registered<Source> sources() {
        return sourceClaims.registered();
    }

    Registered<Sink> sinks() {
        return sinkClaims.registered();
    }

    Registered<Transform<?>> transforms() {
        return transformClaims.registered();
    }

    Registered<ExecutionMode> executionModes() {
        return modeClaims.registered();
    }

    List<Rule> rules() {
        return List.copyOf(ruleList);
    }

    List<FailureExplainer> failures() {
        return List.copyOf(explainers);
    }

    private final class Claims<T> {
        private final String kind;
        private final Map<String, T> byName = new HashMap<>();
        private final Map<String, String> origins = new HashMap<>();

        private Claims(String kind) {
            this.kind = kind;
        }

        private void add(String name, T thing) {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(thing, kind);
            String earlier = origins.putIfAbsent(name, plugin);
            if (earlier != null) {
                throw new ExternalException("cannot load plugins: " + earlier + " and " + plugin + " both claim the "
                        + kind + " '" + name + "'; remove one of them");
            }
            byName.put(name, thing);
        }

        private Registered<T> registered() {
            return new Registered<>(kind, byName, origins);
        }
    }
}
