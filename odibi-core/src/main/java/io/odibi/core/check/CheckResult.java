package io.odibi.core.check;

import io.odibi.core.error.ProjectException;
import io.odibi.core.finding.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What the checks found.
 *
 * @param findings all, in the order of their places
 * @param checked what may be started; empty exactly when there is an error
 */
public record CheckResult(List<Finding> findings, Optional<CheckedPlan> checked) {

    public CheckResult {
        findings = List.copyOf(findings);
    }

    /**
     * Returns what may be started.
     *
     * @throws ProjectException if there is an error
     */
    public CheckedPlan orThrow() {
        return checked.orElseThrow(() -> new ProjectException(findings));
    }
}
