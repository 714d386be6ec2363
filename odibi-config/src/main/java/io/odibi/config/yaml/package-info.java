/**
 * YAML text to values with their places. The one package that sees the YAML parser; called by the loader. It works on the parser's
 * events, since binding to objects loses places, stops at the first fault and keeps the last of two equal keys without a word.
 */
@NullMarked
package io.odibi.config.yaml;

import org.jspecify.annotations.NullMarked;
