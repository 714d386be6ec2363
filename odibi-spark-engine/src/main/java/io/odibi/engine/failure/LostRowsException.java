package io.odibi.engine.failure;

/** Rows that come next are no longer where they were. Thrown on any machine of the cluster; tells of it in words for people, with the mend. */
public final class LostRowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String GO_ON =
            "; to go on without what is lost set 'failOnDataLoss: false', or give the node a new"
                    + " 'checkpoint_location'";

    private LostRowsException(String message) {
        super(message);
    }

    /** Says that numbers are missing. */
    public static LostRowsException gap(int partition, long first, long last) {
        String numbers = first == last
                ? "row " + first + " of partition " + partition + " is"
                : "rows " + first + " to " + last + " of partition " + partition + " are";
        return new LostRowsException(numbers + " no longer there" + GO_ON);
    }

    /** Says that a stream is to begin behind the end of a partition. */
    public static LostRowsException notThereYet(int partition, long begin, long end) {
        return new LostRowsException("partition " + partition + " ends before row " + end
                + ", but the stream is to begin at row " + begin
                + ", which is not there yet; mend where it begins, and give the node a new 'checkpoint_location'");
    }

    /** Says that a partition ends before the rows that have been read. */
    public static LostRowsException begunAnew(int partition, long read, long end) {
        return new LostRowsException("partition " + partition + " ends before row " + end + ", but rows up to "
                + (read - 1) + " have been read: it has been made anew" + GO_ON);
    }
}
