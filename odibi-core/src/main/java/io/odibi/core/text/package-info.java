/**
 * Text with its place: positions, values as they were written, secrets. Written by the loader of the config module, read by
 * everything that reports a fault to a person.
 */
@NullMarked
package io.odibi.core.text;

import org.jspecify.annotations.NullMarked;
