package io.odibi.core.finding;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects findings, so that all are told at once. Not safe for use by several threads. */
public final class Findings {

    private final Set<Finding> all = new LinkedHashSet<>();

    /** Adds a finding; one that is there already is not told twice. */
    public void add(Finding finding) {
        all.add(finding);
    }

    /** Adds every finding of another collection. */
    public void addAll(Findings others) {
        all.addAll(others.all);
    }

    /** Whether any finding keeps a run from starting. */
    public boolean hasErrors() {
        return errorCount() > 0;
    }

    /** How many findings keep a run from starting. */
    public long errorCount() {
        return all.stream().filter(Finding::isError).count();
    }

    /** Returns all findings in the order of their places. */
    public List<Finding> sorted() {
        return all.stream().sorted().toList();
    }
}
