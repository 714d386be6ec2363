package io.odibi.engine.session;

/**
 * A setting of Spark that Odibi chose because nobody else did.
 *
 * @param name Spark's name of the setting
 * @param value what it is set to
 * @param why one clause for a person
 */
public record EngineDefault(String name, String value, String why) {}
