package io.odibi.engine.connections;

import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.ConnectionContract;

class PostgresConnectionContractTest extends ConnectionContract {

    @Override
    protected ConnectionType type() {
        return new PostgresConnectionType();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping("host", "localhost", "database", "shop");
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping(
                "host", "localhost",
                "port", 5433,
                "database", "shop",
                "username", "odibi",
                "password", CANARY,
                "sslmode", "verify-full",
                "schema", "sales",
                "timeout", 5);
    }
}
