package io.odibi.engine.analysis;

import io.odibi.core.finding.Finding;
import org.apache.spark.sql.catalyst.trees.Origin;

/**
 * A fault that a plan has.
 *
 * @param fault which fault
 * @param finding what a person is told, without its place
 * @param origin where the operator or expression stands in the text of its query; empty if it was not made from text
 */
record Violation(Fault fault, Finding finding, Origin origin) {}
