/**
 * SQL texts of a step: scanned, parsed, gated, bound to the step's inputs and to nothing else, and their faults told at their place
 * in the YAML. {@link io.odibi.transforms.sql.Sql} is the way in, for the transforms and for whoever else takes SQL from a
 * project. All that touches Spark's internal classes is in this package.
 */
@NullMarked
package io.odibi.transforms.sql;

import org.jspecify.annotations.NullMarked;
