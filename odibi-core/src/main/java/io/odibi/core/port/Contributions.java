package io.odibi.core.port;

/** Takes what a plugin hands out, each by the name that the YAML uses. Two plugins that claim one name are an error that names both. */
public interface Contributions {

    /** Adds a connection type ({@code connections: {x: {type: NAME}}}). */
    void connection(String name, ConnectionType type);

    /** Adds a format that can be read ({@code read: {format: NAME}}). */
    void source(String name, Source source);

    /** Adds a format that can be written ({@code write: {format: NAME}}). */
    void sink(String name, Sink sink);

    /** Adds a transform ({@code steps: [{type: NAME}]}). */
    void transform(String name, Transform<?> transform);

    /** Adds a way to carry out nodes. */
    void executionMode(String name, ExecutionMode mode);

    /** Adds a rule over whole plans. */
    void rule(Rule rule);

    /** Adds what is known of a system's failures. */
    void failures(FailureExplainer explainer);
}
