package io.odibi.engine.connections;

import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.ConnectionContract;

class SqlServerConnectionContractTest extends ConnectionContract {

    @Override
    protected ConnectionType type() {
        return new SqlServerConnectionType();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping("host", "localhost", "database", "shop");
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping(
                "host",
                "localhost",
                "port",
                1433,
                "database",
                "shop",
                "encrypt",
                true,
                "trust_server_certificate",
                true,
                "auth",
                ConfigValues.mapping("mode", "sql_login", "username", "odibi", "password", CANARY));
    }
}
