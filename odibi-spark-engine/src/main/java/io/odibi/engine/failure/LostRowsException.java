package io.odibi.engine.failure;

/** Rows that come next are no longer where they were. Thrown on any machine of the cluster; tells of it in words for people. */
public final class LostRowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private LostRowsException(String message) {
        super(message);
    }

    /** Says that numbers are missing. */
    public static LostRowsException gap(int partition, long first, long last) {
        String numbers = first == last
                ? "row " + first + " of partition " + partition + " is"
                : "rows " + first + " to " + last + " of partition " + partition + " are";
        return new LostRowsException(numbers + " no longer there");
    }

    /** Says that a partition ends before the rows that have been read. */
    public static LostRowsException begunAnew(int partition, long read, long end) {
        return new LostRowsException("partition " + partition + " ends before row " + end + ", but rows up to "
                + (read - 1) + " have been read: it has been made anew");
    }
}
