package io.odibi.engine.analysis;

import io.odibi.core.finding.Finding;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.StreamingSpec.StateGrowth;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.trees.Origin;

/** Collects what is wrong with one plan. Not safe for use by several threads. */
final class Verdict {

    private final OutputMode mode;
    private final StateGrowth growth;
    private final Set<Violation> violations = new LinkedHashSet<>();

    Verdict(OutputMode mode, StateGrowth growth) {
        this.mode = mode;
        this.growth = growth;
    }

    OutputMode mode() {
        return mode;
    }

    void add(Fault fault, Origin origin) {
        add(fault, origin, fault.finding());
    }

    /** Adds a fault; one whose state may grow is no fault where the user takes it. */
    void add(Fault fault, Origin origin, Finding finding) {
        if (growth == StateGrowth.BOUNDED || !fault.isAcceptable()) {
            violations.add(new Violation(fault, finding, origin));
        }
    }

    boolean has(Fault fault) {
        return violations.stream().anyMatch(violation -> violation.fault() == fault);
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
