package io.odibi.it.architecture.planted.core.check;

/** Stands for the product's. */
final class CheckedPlan {}
