/** Speed beside a hand-written Spark job, in the same run and on the same data. */
package io.odibi.it.bench;
