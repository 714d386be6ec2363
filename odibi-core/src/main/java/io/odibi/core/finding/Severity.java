package io.odibi.core.finding;

/** How grave a finding is. */
public enum Severity {
    /** Nothing starts while it is there. */
    ERROR,
    /** Told, and the run goes on. */
    WARNING
}
