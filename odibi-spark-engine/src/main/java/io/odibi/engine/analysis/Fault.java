package io.odibi.engine.analysis;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.text.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Each thing that can be wrong with a stream: its code, its words, and the words by which Spark's own checker tells it. Spark has no
 * error classes for most of these, so its texts are matched here and nowhere else; the corpus of the tests meets each of them and
 * notices when a version of Spark says it in other words.
 */
enum Fault {
    NO_AGGREGATE(
            FindingCode.STREAM_OUTPUT_MODE,
            "output mode 'complete' needs an aggregate",
            "complete writes the whole result anew each time, and without an aggregate that is every row that ever came",
            "output_mode: append",
            "output mode not supported when there are no streaming aggregations"),
    APPEND_WITHOUT_WATERMARK(
            FindingCode.STREAM_NEEDS_WATERMARK,
            "an aggregate in output mode 'append' needs a watermark among its groups",
            "append writes a group when it is final, and only a watermark tells when that is",
            "",
            "output mode not supported when there are streaming aggregations"),
    UNBOUNDED_GROUPS(
            FindingCode.STREAM_UNBOUNDED_STATE,
            "this aggregate remembers every group for ever",
            "no watermark is among its groups, so none is ever final",
            ""),
    UNBOUNDED_COLLECTION(
            FindingCode.STREAM_UNBOUNDED_STATE,
            "this aggregate remembers every row for ever",
            "it collects values, and its only group never ends",
            "group by window(<event-time column>, '10 minutes'), or take it with 'unbounded_state: accept' under 'streaming'"),
    UNBOUNDED_DEDUPLICATION(
            FindingCode.STREAM_UNBOUNDED_STATE,
            "this deduplication remembers every key for ever",
            "no column with a watermark is among its keys, so none is ever forgotten",
            ""),
    WITHIN_WITHOUT_WATERMARK(
            FindingCode.STREAM_NEEDS_WATERMARK,
            "deduplication within the watermark needs a watermark",
            "the watermark tells when a key may be forgotten",
            "",
            "dropDuplicatesWithinWatermark is not supported on streaming"),
    SORT(
            FindingCode.STREAM_UNSUPPORTED,
            "a stream cannot be sorted",
            "a sort needs its whole input, and a stream never ends",
            "drop the sort here, and sort where the rows are read",
            "Sorting is not supported on streaming"),
    SORT_OUTSIDE_COMPLETE(
            FindingCode.STREAM_OUTPUT_MODE,
            "a sort of an aggregate works in output mode 'complete' only",
            "in the other modes each micro-batch writes only the groups that are final or have changed",
            "output_mode: complete"),
    LIMIT(
            FindingCode.STREAM_LIMIT,
            "a limit ends a stream for good",
            "it counts rows over the whole life of the query: once they are written, no row ever follows, not even after a restart",
            "drop the limit; to write less, filter",
            "Limits are not supported on streaming"),
    LIMIT_OUTSIDE_COMPLETE(
            FindingCode.STREAM_LIMIT,
            "a limit over an aggregate works in output mode 'complete' only",
            "in append it counts rows over the whole life of the query and then writes nothing more; in update it is refused",
            "output_mode: complete"),
    OFFSET(
            FindingCode.STREAM_UNSUPPORTED,
            "'OFFSET' cannot run in a stream",
            "a stream has no first row from which to count",
            "drop it; to skip rows, filter",
            "Offset is not supported on streaming"),
    SAMPLE(
            FindingCode.STREAM_UNSUPPORTED,
            "a stream cannot be sampled",
            "a replayed micro-batch would draw other rows",
            "filter by a hash of a key, which draws the same rows each time: WHERE pmod(hash(<key>), 100) < 10",
            "Sampling is not supported on streaming"),
    DISTINCT_AGGREGATE(
            FindingCode.STREAM_UNSUPPORTED,
            "a distinct aggregate cannot run in a stream",
            "it would have to remember every value of every group",
            "use approx_count_distinct(x) in the place of count(DISTINCT x)",
            "Distinct aggregations are not supported on streaming"),
    GROUPING_SETS(
            FindingCode.STREAM_UNSUPPORTED,
            "grouping sets cannot run in a stream",
            "a stream has one set of groups",
            "write one node for each set",
            "Grouping Sets is not supported on streaming"),
    WINDOW_FUNCTION(
            FindingCode.STREAM_UNSUPPORTED,
            "window functions ('OVER') cannot run in a stream",
            "their frames need rows that have not come yet",
            "aggregate by a time window: GROUP BY window(<event-time column>, '10 minutes')",
            "NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING"),
    SESSION_IN_UPDATE(
            FindingCode.STREAM_OUTPUT_MODE,
            "session windows do not work in output mode 'update'",
            "sessions merge as rows come, and what was written could not be taken back",
            "output_mode: append",
            "output mode not supported for session window"),
    SESSION_ALONE(
            FindingCode.STREAM_UNSUPPORTED,
            "a session window cannot be the only group",
            "Spark keeps sessions per key, and there is none",
            "group by a key as well, if need be by a constant column: SELECT *, 'all' AS everything"),
    CHAINED_STATE(
            FindingCode.STREAM_OUTPUT_MODE,
            "an aggregate can feed another aggregate, join or deduplication in output mode 'append' only",
            "in the other modes it hands on results that are not final, and what follows would count them again",
            "output_mode: append",
            "Detected pattern of possible 'correctness' issue"),
    UNION_WITH_BATCH(
            FindingCode.STREAM_UNSUPPORTED,
            "a stream cannot be united with a batch input",
            "the batch rows would come again with each micro-batch",
            "read both as streams, or join the batch input",
            "Union between streaming and batch"),
    UNION_WATERMARK(
            FindingCode.STREAM_NEEDS_WATERMARK,
            "this union mixes a stream that has a watermark with one that has none",
            "the rows of the one without are held against the other's watermark, and dropped as late without a word",
            "give each input its watermark: a list under 'watermark', one entry with 'input', 'column' and 'delay' for each"),
    EXCEPT(
            FindingCode.STREAM_UNSUPPORTED,
            "'EXCEPT' cannot run in a stream",
            "it compares whole inputs, and a stream is never whole",
            "keep the rows that a batch input does not have with a left anti join: FROM s LEFT ANTI JOIN b ON s.k = b.k",
            "Except on a streaming"),
    INTERSECT(
            FindingCode.STREAM_UNSUPPORTED,
            "'INTERSECT' cannot run in a stream",
            "it compares whole inputs, and a stream is never whole",
            "keep the rows that a batch input has with a left semi join: FROM s LEFT SEMI JOIN b ON s.k = b.k",
            "Intersect of streaming"),
    JOIN_MODE(
            FindingCode.STREAM_OUTPUT_MODE,
            "a join of two streams works in output mode 'append' only",
            "a joined row is written once and never changes",
            "output_mode: append",
            "Join between two streaming"),
    JOIN_SIDE(
            FindingCode.STREAM_JOIN,
            "this join would keep unmatched rows of its batch side",
            "a row that has no match yet may get one with the next micro-batch, and no watermark ends the wait for it",
            "put the stream on the side whose rows are kept (stream LEFT JOIN batch), or use an inner join",
            "RightOuter join with a streaming",
            "FullOuter joins with streaming",
            "LeftOuter join with a streaming DataFrame/Dataset on the right",
            "LeftSemi join with a streaming DataFrame/Dataset on the right"),
    JOIN_ANTI(
            FindingCode.STREAM_JOIN,
            "an anti join cannot have a stream on its right",
            "that a row has no match is known only when the stream has ended",
            "use a left join with a time range and keep the rows without a match: WHERE <right key> IS NULL",
            "LeftAnti joins with a streaming"),
    JOIN_RANGE(
            FindingCode.STREAM_JOIN,
            "this outer or semi join of two streams needs watermarks and a time range",
            "that a row has no match is known only when its time is over",
            "",
            "is not supported without a watermark in the join keys"),
    JOIN_NOT_EQUI(
            FindingCode.STREAM_JOIN,
            "a join of two streams needs an equality between them",
            "state is kept by key; without an equality every row would meet every other",
            "add an equality to the join condition: ON a.k = b.k AND ..."),
    JOIN_UNBOUNDED(FindingCode.STREAM_UNBOUNDED_STATE, "this join remembers rows for ever", "", ""),
    SUBQUERY(
            FindingCode.STREAM_SUBQUERY,
            "a query inside a query cannot read a stream",
            "it is run to its end for each micro-batch, and a stream never ends",
            "join the stream, or read the same data in batch"),
    NOT_A_STREAM(
            FindingCode.STREAM_UNSUPPORTED,
            "no stream reaches the result",
            "a streaming node has to read at least one stream, and its steps have to use it",
            "use the stream in the query, or run the node in batch",
            "Queries without streaming sources"),
    MONOTONIC_ID(
            FindingCode.STREAM_UNSUPPORTED,
            "monotonically_increasing_id() cannot run in a stream",
            "it starts again with each micro-batch and would give one number to many rows",
            "make a key from the row: sha2(concat_ws('|', <columns>), 256)",
            "monotonically_increasing_id()"),
    NONDETERMINISTIC(
            FindingCode.STREAM_NONDETERMINISTIC,
            "",
            "a micro-batch that is repeated after a failure gets other values, so what was written twice is not the same",
            ""),
    RETRACTION(
            FindingCode.STREAM_RETRACTION,
            "a filter over an aggregate in output mode 'update' takes nothing back",
            "a group that no longer matches is not written again, and its last row stays in the target",
            "filter where the rows are read, or write in output mode 'complete' or 'append'"),
    WATERMARK_REDEFINED(
            FindingCode.STREAM_WATERMARK_REDEFINED,
            "a watermark is set twice on one path",
            "Spark runs the first micro-batch, writes it, and fails in a later one",
            "leave one of them out",
            "Redefining watermark is disallowed"),
    COMMAND(
            FindingCode.SQL_NOT_ALLOWED,
            "a command cannot be part of a stream",
            "a step is one query over its inputs",
            "leave the command out",
            "Commands like CreateTable",
            "InsertIntoDir is not supported"),
    OTHER(FindingCode.STREAM_UNSUPPORTED, "", "", "");

    private final FindingCode code;
    private final String message;
    private final String why;
    private final String fix;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is
    private final List<String> spark;

    Fault(FindingCode code, String message, String why, String fix, String... spark) {
        this.code = code;
        this.message = message;
        this.why = why;
        this.fix = fix;
        this.spark = List.of(spark);
    }

    /** Returns the fault that Spark's checker tells with these words. */
    static Optional<Fault> ofSpark(String words) {
        return Arrays.stream(values())
                .filter(fault -> fault.spark.stream().anyMatch(words::contains))
                .findFirst();
    }

    /** Returns what a person is told. */
    Finding finding() {
        return finding(message);
    }

    /** Returns what a person is told, in words of the case at hand. */
    Finding finding(String words) {
        Finding finding = Finding.of(code, Position.NONE, words);
        finding = why.isEmpty() ? finding : finding.why(why);
        return fix.isEmpty() ? finding : finding.fix(fix);
    }

    /** Whether a user may take it: the state grows, and that is all. */
    boolean isAcceptable() {
        return code == FindingCode.STREAM_UNBOUNDED_STATE;
    }
}
