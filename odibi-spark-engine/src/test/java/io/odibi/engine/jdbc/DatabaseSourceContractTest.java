package io.odibi.engine.jdbc;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.port.Source;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.SourceContract;

class DatabaseSourceContractTest extends SourceContract {

    @Override
    protected Source source() {
        return new DatabaseSource(DatabaseFormat.any("jdbc"));
    }

    @Override
    protected DataAddress address() {
        return Given.table("orders");
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping();
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping(
                "schema", "id BIGINT, name STRING",
                "partition_column", "id",
                "lower_bound", "1",
                "upper_bound", "1000",
                "num_partitions", 4,
                "fetch_size", 100,
                "query_timeout", 60,
                "session_init_statement", "SET search_path = sales",
                "custom_schema", "id BIGINT",
                "prefer_timestamp_ntz", true);
    }
}
