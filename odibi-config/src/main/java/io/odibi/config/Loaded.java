package io.odibi.config;

import io.odibi.core.finding.Findings;
import io.odibi.core.model.ProjectSpec;
import java.util.Optional;

/**
 * What the first look at a project gave.
 *
 * @param project the project, as far as it could be read; empty if a file could not be read at all, since later looks would then only
 *     guess what is in it
 * @param findings what is wrong so far; the later looks add to it
 */
public record Loaded(Optional<ProjectSpec> project, Findings findings) {}
