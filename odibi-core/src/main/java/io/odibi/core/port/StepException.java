package io.odibi.core.port;

import io.odibi.core.finding.Finding;
import java.util.List;

/** A step that does not fit its input; carries the findings that a person is told. */
public final class StepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** Makes the exception for a finding. */
    public StepException(Finding finding) {
        this(List.of(finding));
    }

    /** Makes the exception for a finding, with what the engine said. */
    public StepException(Finding finding, Throwable cause) {
        super(finding.message(), cause);
        this.findings = List.of(finding);
    }

    /**
     * Makes the exception for all that was found in one step.
     *
     * @param findings at least one
     */
    public StepException(List<Finding> findings) {
        super(findings.get(0).message());
        this.findings = List.copyOf(findings);
    }

    /** What a person is told first. */
    public Finding finding() {
        return findings.get(0);
    }

    /** All that a person is told; at least one. */
    public List<Finding> findings() {
        return findings;
    }
}
