package io.odibi.engine.numbered;

import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.engine.failure.LostRowsException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** The rows of one partition in one micro-batch: each number once, from the first to the last. */
final class NumberedRows implements Iterator<InternalRow> {

    /** In place of the first number or the last: nobody knows it. */
    static final long ANY = -1;

    private final Iterator<InternalRow> rows;
    private final int column;
    private final int partition;
    private final long end;
    private final Gaps gaps;
    private long next;
    private @Nullable InternalRow held;

    NumberedRows(Iterator<InternalRow> rows, int column, int partition, long begin, long end, Gaps gaps) {
        this.rows = rows;
        this.column = column;
        this.partition = partition;
        this.next = begin;
        this.end = end;
        this.gaps = gaps;
    }

    @Override
    public boolean hasNext() {
        while (held == null && rows.hasNext()) {
            InternalRow row = rows.next();
            long number = row.getLong(column);
            if (end != ANY && number >= end) {
                // What belongs to the next micro-batch comes with that.
                continue;
            }
            if (next == ANY || number >= next) {
                refuseGapBefore(number);
                next = number + 1;
                held = row;
            }
        }
        if (held == null && end != ANY) {
            refuseGapBefore(end);
        }
        return held != null;
    }

    @Override
    public InternalRow next() {
        if (!hasNext() || held == null) {
            throw new NoSuchElementException();
        }
        InternalRow row = held;
        held = null;
        return row;
    }

    private void refuseGapBefore(long number) {
        if (gaps == Gaps.REFUSED && next != ANY && next < number) {
            throw LostRowsException.gap(partition, next, number - 1);
        }
    }
}
