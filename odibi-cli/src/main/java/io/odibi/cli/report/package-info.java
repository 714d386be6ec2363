/**
 * What the commands show: findings, plans and what is installed, as text for a person and as JSON for a machine. Pure functions from
 * the core's types to text; called by the commands.
 */
@NullMarked
package io.odibi.cli.report;

import org.jspecify.annotations.NullMarked;
