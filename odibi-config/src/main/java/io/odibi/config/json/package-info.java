/** Writes JSON; called by {@link io.odibi.config.JsonSchema}. The one package that sees the JSON library. */
@NullMarked
package io.odibi.config.json;

import org.jspecify.annotations.NullMarked;
