package io.odibi.transforms;

/** The aggregates that have a word of their own in the YAML. */
enum AggregateFunction {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT,
    FIRST
}
