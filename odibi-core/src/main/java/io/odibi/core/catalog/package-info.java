/**
 * What is installed: the one caller of {@link java.util.ServiceLoader}, with clear errors for names that two plugins claim or
 * none does.
 */
@NullMarked
package io.odibi.core.catalog;

import org.jspecify.annotations.NullMarked;
