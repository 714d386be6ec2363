/**
 * The first look at a project: files, imports, environments and variables to the model of the core, with the place of everything.
 * {@link io.odibi.config.ProjectLoader} is the front door, {@link io.odibi.config.JsonSchema} describes the language to editors.
 * The declarations in the {@code Keys} classes are the language: read, explained and described from one place.
 */
@NullMarked
package io.odibi.config;

import org.jspecify.annotations.NullMarked;
