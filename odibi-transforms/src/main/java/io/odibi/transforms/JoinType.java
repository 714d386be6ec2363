package io.odibi.transforms;

/** Which rows of a join stay. */
enum JoinType {
    INNER("inner"),
    LEFT("left_outer"),
    RIGHT("right_outer"),
    FULL("full_outer"),
    CROSS("cross"),
    SEMI("left_semi"),
    ANTI("left_anti");

    private final String word;

    JoinType(String word) {
        this.word = word;
    }

    /** Spark's word for it. */
    String word() {
        return word;
    }

    /** Whether only columns of the left side come out. */
    boolean isLeftOnly() {
        return this == SEMI || this == ANTI;
    }
}
