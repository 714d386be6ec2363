package io.odibi.engine.jdbc;

import io.odibi.core.describe.DataAddress;
import io.odibi.core.port.Sink;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.SinkContract;

class DatabaseSinkContractTest extends SinkContract {

    @Override
    protected Sink sink() {
        return new DatabaseSink(DatabaseFormat.postgres("postgres"));
    }

    @Override
    protected DataAddress address() {
        return Given.table("sales.orders");
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping();
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping("batch_size", 500, "ledger_table", "done");
    }
}
