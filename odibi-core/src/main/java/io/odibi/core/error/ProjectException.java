package io.odibi.core.error;

import io.odibi.core.finding.Finding;
import java.util.List;

/** The user's files have errors. */
public final class ProjectException extends OdibiException {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** Makes the exception for all that was found. */
    public ProjectException(List<Finding> findings) {
        super("cannot start: the project has "
                + findings.stream().filter(Finding::isError).count() + " errors");
        this.findings = List.copyOf(findings);
    }

    /** All that was found, in the order of places. */
    public List<Finding> findings() {
        return findings;
    }
}
