/**
 * Declarations of settings: one declaration parses, validates, documents and describes for editors the keys of a connector, a
 * transform or a part of the language. Used by every plugin and by the loader.
 */
@NullMarked
package io.odibi.core.settings;

import org.jspecify.annotations.NullMarked;
