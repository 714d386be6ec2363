/** What each format can do, and which test shows it: {@link io.odibi.it.matrix.Proves} marks the tests, {@code docs/formats.md} is made of them. */
package io.odibi.it.matrix;
