package io.odibi.engine.jdbc;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataAddress;
import io.odibi.core.describe.Options;
import io.odibi.core.text.Secret;
import io.odibi.testkit.Addresses;

/** Connections and addresses of tests. */
final class Given {

    private Given() {}

    static Connection connection(String url) {
        return Connection.toSystem(
                "shop",
                "jdbc",
                Options.none()
                        .with("url", url)
                        .with("driver", "org.h2.Driver")
                        .with("user", "sa")
                        .with("password", Secret.of("s3cret-of-shop")));
    }

    static DataAddress table(String table) {
        return Addresses.ofTable(connection("jdbc:postgresql://localhost/shop"), table);
    }

    static DataAddress table(String url, String table) {
        return Addresses.ofTable(connection(url), table);
    }
}
