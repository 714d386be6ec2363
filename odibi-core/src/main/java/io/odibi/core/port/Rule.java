package io.odibi.core.port;

/** A pure check of a plan. Neither starts anything nor contacts any system. */
public interface Rule {

    /** Looks at the whole plan and reports what is wrong. Called once per check, by the checking thread. */
    void check(CheckContext context);
}
