package io.odibi.it.architecture.planted.core.check;

/** Breach: makes a checked plan without a check. */
final class SecondCheckedPlan {
    final CheckedPlan forged = new CheckedPlan();
}
