package com.example.numbers;

import static io.odibi.testkit.ConfigValues.mapping;

import io.odibi.core.port.ConnectionType;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.testkit.ConnectionContract;

class NumbersConnectionTest extends ConnectionContract {

    @Override
    protected ConnectionType type() {
        return new NumbersConnection();
    }

    @Override
    protected Mapping minimal() {
        return mapping("address", "localhost:7000", "api_key", CANARY);
    }

    @Override
    protected Mapping full() {
        return minimal();
    }
}
