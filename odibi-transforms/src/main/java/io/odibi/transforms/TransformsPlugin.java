package io.odibi.transforms;

import io.odibi.core.port.Contributions;
import io.odibi.core.port.Plugin;

/** Hands out the built-in transforms. */
public final class TransformsPlugin implements Plugin {

    @Override
    public void contribute(Contributions to) {
        to.transform("sql", new SqlTransform());
        to.transform("filter_rows", new FilterRows());
        to.transform("derive", new Derive());
        to.transform("derive_columns", new Derive());
        to.transform("select_columns", new SelectColumns());
        to.transform("drop_columns", new DropColumns());
        to.transform("rename_columns", new RenameColumns());
        to.transform("cast_columns", new CastColumns());
        to.transform("fill_nulls", new FillNulls());
        to.transform("parse_json", new ParseJson());
        to.transform("explode", new Explode());
        to.transform("explode_list_column", new Explode());
        to.transform("flatten_struct", new FlattenStruct());
        to.transform("union", new Union());
        to.transform("join", new Join());
        to.transform("deduplicate", new Deduplicate());
        to.transform("aggregate", new Aggregate());
        to.transform("distinct", new Distinct());
        to.transform("sort", new Sort());
        to.transform("limit", new Limit());
        to.transform("sample", new Sample());
        to.transform("pivot", new Pivot());
        to.transform("unpivot", new Unpivot());
        to.transform("window_calculation", new WindowCalculation());
    }
}
