package io.odibi.engine.connections;

import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConfigValues;
import io.odibi.testkit.ConnectionContract;

class JdbcConnectionContractTest extends ConnectionContract {

    @Override
    protected ConnectionType type() {
        return new JdbcConnectionType();
    }

    @Override
    protected Mapping minimal() {
        return ConfigValues.mapping("url", "jdbc:mysql://localhost/shop");
    }

    @Override
    protected Mapping full() {
        return ConfigValues.mapping(
                "url", "jdbc:mysql://localhost/shop",
                "driver", "com.mysql.cj.jdbc.Driver",
                "username", "odibi",
                "password", CANARY,
                "properties", ConfigValues.mapping("trustCertificateKeyStorePassword", CANARY, "useSSL", "true"));
    }
}
