package io.odibi.core.finding;

/**
 * The kinds of fault. A code's name is stable: scripts and editors match on it. {@code docs/errors.md} explains each with an
 * example, and a test provokes each.
 */
public enum FindingCode {
    /** A file cannot be read, is too large, or is not UTF-8. */
    CONFIG_UNREADABLE,
    /** A file is not YAML, or is YAML that the language leaves out. */
    CONFIG_SYNTAX,
    /** A key stands twice in one mapping. */
    CONFIG_DUPLICATE_KEY,
    /** A key that the language or a plugin does not know. */
    CONFIG_UNKNOWN_KEY,
    /** A key that has to be there is not. */
    CONFIG_MISSING_KEY,
    /** A value of the wrong kind or outside what is allowed. */
    CONFIG_VALUE,
    /** Two keys that exclude each other, or one that needs another. */
    CONFIG_CONFLICT,
    /** A variable that nothing defines. */
    CONFIG_VARIABLE,
    /** A name that is taken. */
    CONFIG_DUPLICATE_NAME,
    /** An import or a file named in the project that cannot be found. */
    CONFIG_IMPORT,
    /** An environment that the project does not define. */
    CONFIG_ENVIRONMENT,
    /** A form that works but has a better one. */
    CONFIG_DEPRECATED(Severity.WARNING),

    /** A project in which there is nothing to run. */
    PLAN_EMPTY(Severity.WARNING),
    /** A connection that the project does not define. */
    PLAN_UNKNOWN_CONNECTION,
    /** A connection that cannot serve what a node asks of it. */
    PLAN_CONNECTION_KIND,
    /** A connection type, format or transform that no installed plugin has. */
    PLAN_NOT_INSTALLED,
    /** An upstream node that does not exist. */
    PLAN_UNKNOWN_NODE,
    /** Nodes that wait for each other. */
    PLAN_CYCLE,
    /** A node that neither reads nor has an upstream node. */
    PLAN_NO_INPUT,
    /** A streaming node whose input is not a stream, or a source that cannot be read that way. */
    PLAN_SOURCE_MODE,
    /** A batch node that depends on a stream that never ends. */
    PLAN_STREAM_INTO_BATCH,
    /** A node whose kind nothing installed can run. */
    PLAN_NO_EXECUTION_MODE,
    /** A step that needs its whole input, in a stream. */
    PLAN_NEEDS_COMPLETE_INPUT,
    /** A step that can run in batch only. */
    PLAN_BATCH_ONLY_STEP,
    /** An output mode that the sink cannot do. */
    PLAN_OUTPUT_MODE,
    /** A write mode that the sink cannot do. */
    PLAN_WRITE_MODE,
    /** A result without a column that its sink needs, or with one of another type. */
    PLAN_SINK_COLUMN,
    /** A checkpoint that two nodes share, or that lies where it must not. */
    PLAN_CHECKPOINT,
    /** A step whose state needs a watermark to stay bounded. */
    PLAN_NEEDS_WATERMARK,

    /** SQL that cannot be parsed. */
    SQL_SYNTAX,
    /** SQL that names a table which is no input of its step. */
    SQL_UNKNOWN_TABLE,
    /** SQL that names a column which is not there. */
    SQL_UNKNOWN_COLUMN,
    /** SQL that the engine's analysis refuses for another reason. */
    SQL_ANALYSIS,
    /** SQL that is more than one query, or reaches outside the step's inputs. */
    SQL_NOT_ALLOWED,

    /** A watermark on a column that never becomes a timestamp. */
    STREAM_WATERMARK_COLUMN,
    /** A watermark set twice on one path. */
    STREAM_WATERMARK_REDEFINED,
    /** An aggregate in append mode without a watermark among its groups. */
    STREAM_NEEDS_WATERMARK,
    /** State that grows for as long as the query lives. */
    STREAM_UNBOUNDED_STATE,
    /** An operation that cannot run in a stream. */
    STREAM_UNSUPPORTED,
    /** An operation that the output mode does not allow. */
    STREAM_OUTPUT_MODE,
    /** A join that cannot run in a stream. */
    STREAM_JOIN,
    /** A limit that ends a stream for good. */
    STREAM_LIMIT,
    /** A query inside a query that reads a stream. */
    STREAM_SUBQUERY,
    /** An expression that gives another value when a batch is replayed. */
    STREAM_NONDETERMINISTIC(Severity.WARNING),
    /** A filter over an aggregate whose rows are never taken back. */
    STREAM_RETRACTION(Severity.WARNING),
    /** What cannot be checked before the start, and what is missing to check it. */
    STREAM_UNKNOWN(Severity.WARNING);

    private final Severity severity;

    FindingCode() {
        this(Severity.ERROR);
    }

    FindingCode(Severity severity) {
        this.severity = severity;
    }

    /** How grave a finding of this code is. */
    public Severity severity() {
        return severity;
    }
}
