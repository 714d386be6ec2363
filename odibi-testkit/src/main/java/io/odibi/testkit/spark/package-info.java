/**
 * For those who write transforms or read with Spark: a local session for tests ({@link io.odibi.testkit.spark.TestSpark}) and the suite
 * {@link io.odibi.testkit.spark.TransformContract}. Needs Spark 3.5 on the class path, which this module does not bring.
 */
@NullMarked
package io.odibi.testkit.spark;

import org.jspecify.annotations.NullMarked;
