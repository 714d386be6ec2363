package io.odibi.engine.numbered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odibi.core.describe.Numbering.Gaps;
import io.odibi.engine.failure.LostRowsException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;

final class NumberedRowsTest {

    @Test
    void givesEveryNumberOnce() {
        assertThat(read(5, 9, Gaps.REFUSED, 5, 6, 7, 8)).containsExactly(5L, 6L, 7L, 8L);
        assertThat(read(5, 5, Gaps.REFUSED)).isEmpty();
    }

    @Test
    void leavesOutNumbersThatComeAgainAndThoseOfTheNextMicroBatch() {
        assertThat(read(5, 8, Gaps.REFUSED, 4, 5, 5, 6, 5, 6, 7, 8, 9)).containsExactly(5L, 6L, 7L);
    }

    @Test
    void refusesAGapAtTheStartInTheMiddleAndAtTheEnd() {
        assertThatThrownBy(() -> read(5, 9, Gaps.REFUSED, 7, 8))
                .isInstanceOf(LostRowsException.class)
                .hasMessageStartingWith("rows 5 to 6 of partition 3 are no longer there");
        assertThatThrownBy(() -> read(5, 9, Gaps.REFUSED, 5, 7, 8))
                .hasMessageStartingWith("row 6 of partition 3 is no longer there");
        assertThatThrownBy(() -> read(5, 9, Gaps.REFUSED, 5, 6))
                .hasMessageStartingWith("rows 7 to 8 of partition 3 are no longer there");
        assertThatThrownBy(() -> read(5, 9, Gaps.REFUSED)).hasMessageContaining("rows 5 to 8");
    }

    @Test
    void takesWhatIsThereWhereGapsAreAccepted() {
        assertThat(read(5, 9, Gaps.ACCEPTED, 7, 8, 7)).containsExactly(7L, 8L);
        assertThat(read(5, 9, Gaps.ACCEPTED)).isEmpty();
    }

    @Test
    void beginsAnywhereInAPartitionThatIsNew() {
        assertThat(read(NumberedRows.ANY, 9, Gaps.REFUSED, 7, 8)).containsExactly(7L, 8L);
    }

    private static List<Long> read(long begin, long end, Gaps gaps, long... numbers) {
        NumberedRows rows = new NumberedRows(
                LongStream.of(numbers)
                        .<InternalRow>mapToObj(number -> new GenericInternalRow(new Object[] {number}))
                        .iterator(),
                0,
                3,
                begin,
                end,
                gaps);
        List<Long> read = new ArrayList<>();
        while (rows.hasNext()) {
            assertThat(rows.hasNext()).isTrue();
            read.add(rows.next().getLong(0));
        }
        return read;
    }
}
