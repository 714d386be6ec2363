package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.text.ConfigValue.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys of the Python Odibi that this one does not have. Those that change nothing about the rows are taken with a warning; those that do
 * are refused, since without them other rows would be written than the file says.
 */
final class Legacy {

    static final Legacy PROJECT = new Legacy()
            .without("story", "runs are told by their events and metrics")
            .without("system", "there is no catalog store; state is kept under 'state_location'")
            .without("retry", "a failed stream is restarted by itself, with growing waits")
            .without("logging", "the command line decides what is logged")
            .without("alerts", "watch the run's exit code or its metrics")
            .without("performance", "settings of Spark go under 'spark'")
            .without("lineage", "lineage is not sent")
            .without("semantic", "there is no semantic layer")
            .refused("recipes", "there are no recipes", "write the nodes out");
    static final Legacy CONNECTION =
            new Legacy().without("validation_mode", "connections are always checked before the start");
    static final Legacy PIPELINE = new Legacy()
            .without("layer", "layers are not tracked")
            .without("freshness_sla", "freshness is not watched")
            .without("freshness_anchor", "freshness is not watched")
            .without("auto_cache_threshold", "nothing is cached by itself");
    static final Legacy NODE = new Legacy()
            .without("explanation", "there is no story; use 'description'")
            .without("explanation_file", "there is no story; use 'description'")
            .without("runbook_url", "there is no story; use 'description'")
            .without("columns", "there is no data dictionary")
            .without("cache", "nothing is cached")
            .without("log_level", "the command line decides what is logged")
            .without("on_error", "a failed node stops the nodes that depend on it, and no others")
            .without("sensitive", "no rows are shown")
            .refused("source", "the key is 'read'", "rename it to 'read'")
            .refused("sink", "the key is 'write'", "rename it to 'write'")
            .refused("target", "the key is 'write'", "rename it to 'write'")
            .refused("outputs", "the key is 'write'", "rename it to 'write'")
            .refused("sql", "a query is a step", "put it under 'transform: {steps: [...]}'")
            .refused("pre_sql", "no statements are run beside the node", "run them before the pipeline")
            .refused("post_sql", "no statements are run beside the node", "run them after the pipeline")
            .refused("materialized", "a node writes where 'write' says", "take it out")
            .refused("validation", "rows would pass unchecked", "filter the rows in a step, and take it out")
            .refused("contracts", "rows would pass unchecked", "filter the rows in a step, and take it out")
            .refused("schema_policy", "the schema would be written unchecked", "name the columns in a step")
            .refused("privacy", "columns would be written in clear", "mask the columns in a step")
            .refused("pattern", "there are no patterns", "write the steps out")
            .refused("recipe", "there are no recipes", "write the node out")
            .refused("recipe_vars", "there are no recipes", "write the node out");
    static final Legacy READ = new Legacy()
            .refused("incremental", "all rows would be read, each time", "read as a stream: it takes only what is new")
            .refused("time_travel", "the newest version would be read", "use the options of the format")
            .refused("filter", "all rows would be read", "add a step of type 'filter_rows'");
    static final Legacy WRITE = new Legacy()
            .refused("first_run_query", "the first run would read something else", "take it out")
            .refused("skip_if_unchanged", "unchanged rows would be written again", "take it out")
            .refused("add_metadata", "the columns would be missing", "derive them in a step");

    static final Legacy MERGE = new Legacy()
            .without("optimize_write", "the table property 'delta.autoOptimize.optimizeWrite' decides it")
            .without("zorder_by", "files are not sorted anew; run OPTIMIZE apart")
            .without("cluster_by", "files are not clustered; 'partition_by' splits them")
            .without("vacuum_hours", "old files are kept; run VACUUM apart")
            .refused("mode", "a merge has a 'strategy'", "rename it to 'strategy'")
            .refused("format", "a merge writes to a Delta table", "take it out, or write by 'write: {mode: upsert}'")
            .refused(
                    "register_table",
                    "the table would be in no catalog",
                    "name a connection to the catalog, and the table as 'target'");
    static final Legacy MERGE_OPTIONS = new Legacy()
            .without("staging_schema", "there is no staging table")
            .without("staging_connection", "there is no staging table")
            .without("staging_path", "there is no staging table")
            .without("external_data_source", "there is no staging table")
            .without("bulk_copy", "there is no staging table")
            .without("auto_create_schema", "a table that is not there is created")
            .without("auto_create_table", "a table that is not there is created")
            .without("primary_key_on_merge_keys", "no constraints are added to the table")
            .without("index_on_merge_keys", "no index is added to the table")
            .refused("exclude_columns", "all columns would be written", "drop the columns in a step")
            .refused("schema_evolution", "the key is 'merge_schema'", "write 'merge_schema: true' for mode 'evolve'")
            .refused(
                    "validations",
                    "rows without a key would pass",
                    "filter them in a step; rows with one key are always refused")
            .refused(
                    "incremental",
                    "rows that have not changed would be written",
                    "name what has to differ as 'update_condition'")
            .refused(
                    "hash_column",
                    "rows that have not changed would be written",
                    "name what has to differ as 'update_condition'")
            .refused(
                    "change_detection_columns",
                    "rows that have not changed would be written",
                    "name what has to differ as 'update_condition'");

    static final Legacy STREAMING_WRITE = new Legacy()
            .without("query_name", "a query is named by its pipeline and node")
            .without("await_termination", "a run stays until its streams end or are stopped")
            .without("timeout_seconds", "a run stays until its streams end or are stopped");

    /** Words that are taken and do nothing, with what to know about them. */
    private final Map<String, String> ineffective = new LinkedHashMap<>();

    private final Map<String, Refusal> refused = new LinkedHashMap<>();

    private record Refusal(String why, String fix) {}

    private Legacy() {}

    private Legacy without(String key, String why) {
        ineffective.put(key, why);
        return this;
    }

    private Legacy refused(String key, String why, String fix) {
        refused.put(key, new Refusal(why, fix));
        return this;
    }

    /** The keys that are taken and do nothing. */
    Map<String, String> ineffective() {
        return Map.copyOf(ineffective);
    }

    /** Returns a mapping without such keys, each of them told. */
    Mapping strip(Mapping mapping, Scope scope) {
        List<Mapping.Entry> rest = new ArrayList<>();
        for (Mapping.Entry entry : mapping.entries()) {
            String why = ineffective.get(entry.key());
            Refusal refusal = refused.get(entry.key());
            if (why != null) {
                scope.report(noEffect(entry, why));
            } else if (refusal != null) {
                scope.report(Finding.of(
                                FindingCode.CONFIG_UNKNOWN_KEY,
                                entry.keyAt(),
                                "'" + entry.key() + "' cannot stand here")
                        .why(refusal.why())
                        .fix(refusal.fix()));
            } else {
                rest.add(entry);
            }
        }
        return new Mapping(rest, mapping.at());
    }

    /** Says that a key does nothing. */
    static Finding noEffect(Mapping.Entry entry, String why) {
        return Finding.of(FindingCode.CONFIG_DEPRECATED, entry.keyAt(), "'" + entry.key() + "' has no effect")
                .why(why)
                .fix("take it out");
    }
}
