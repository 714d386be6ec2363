/**
 * The front door of the core for tools that embed it: check a project, run a checked plan, and the one root of exceptions.
 * The rest of the product is reached from here, package by package: {@code text} and {@code model} (what was written),
 * {@code plan} (what will run), {@code check} (what is wrong), {@code run} (what is going on), {@code port} (what a connector
 * author implements). Called by the command line and by embedders.
 */
@NullMarked
package io.odibi.core;

import org.jspecify.annotations.NullMarked;
