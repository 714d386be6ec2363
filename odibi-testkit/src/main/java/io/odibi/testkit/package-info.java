/**
 * For those who write connectors: contract suites ({@link io.odibi.testkit.PluginContract}, {@link io.odibi.testkit.ConnectionContract},
 * {@link io.odibi.testkit.SourceContract}, {@link io.odibi.testkit.SinkContract}) to extend in tests, builders for values and projects
 * that were never written in YAML, and an engine that runs nothing. Needs JUnit and AssertJ, not Spark.
 */
@NullMarked
package io.odibi.testkit;

import org.jspecify.annotations.NullMarked;
