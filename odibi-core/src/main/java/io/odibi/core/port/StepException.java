package io.odibi.core.port;

import io.odibi.core.finding.Finding;
import java.util.Objects;

/** A step that does not fit its input; carries the finding that a person is told. */
public final class StepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    /** Makes the exception for a finding. */
    public StepException(Finding finding) {
        super(Objects.requireNonNull(finding, "finding").message());
        this.finding = finding;
    }

    /** Makes the exception for a finding, with what the engine said. */
    public StepException(Finding finding, Throwable cause) {
        super(Objects.requireNonNull(finding, "finding").message(), cause);
        this.finding = finding;
    }

    /** What a person is told. */
    public Finding finding() {
        return finding;
    }
}
