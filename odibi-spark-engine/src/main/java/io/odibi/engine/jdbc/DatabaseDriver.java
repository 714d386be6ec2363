package io.odibi.engine.jdbc;

import io.odibi.core.describe.Options;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Opens connections to a database, on the driver and in tasks. Not by {@link DriverManager} where the driver's class is known: that looks
 * only at drivers which its caller's class loader sees, and those that {@code --jars} brings are seen by Spark's.
 *
 * @param url where the database is
 * @param driver the driver's class; empty to find one
 * @param properties what the driver is told, secrets in clear
 */
record DatabaseDriver(String url, String driver, Map<String, String> properties) implements Serializable {

    /** Returns the opener of connections with options as Spark's own reader takes them. */
    static DatabaseDriver of(Options options, SqlDialect dialect) {
        Map<String, String> properties = new LinkedHashMap<>(options.reveal());
        String url = Optional.ofNullable(properties.remove(DatabaseAddress.URL)).orElseThrow();
        String driver =
                Optional.ofNullable(properties.remove(DatabaseAddress.DRIVER)).orElse("");
        if (dialect == SqlDialect.POSTGRES) {
            properties.putIfAbsent("reWriteBatchedInserts", "true");
            // Text goes into columns of uuid, jsonb or an enumeration as well.
            properties.putIfAbsent("stringtype", "unspecified");
            // The details quote rows, and Spark logs what a task throws.
            properties.putIfAbsent("logServerErrorDetail", "false");
        }
        if (dialect == SqlDialect.MYSQL) {
            properties.putIfAbsent("rewriteBatchedStatements", "true");
        }
        return new DatabaseDriver(url, driver, properties);
    }

    /**
     * Opens a connection, which the caller closes.
     *
     * @throws SQLException if the database cannot be reached, or refuses
     * @throws ReflectiveOperationException if the driver is not there
     */
    Connection open() throws SQLException, ReflectiveOperationException {
        Properties told = new Properties();
        told.putAll(properties);
        if (driver.isEmpty()) {
            return DriverManager.getConnection(url, told);
        }
        try {
            Connection opened = Class.forName(
                            driver, true, Thread.currentThread().getContextClassLoader())
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance()
                    .connect(url, told);
            if (opened == null) {
                throw new SQLException("No suitable driver: " + driver + " does not take " + url, "08001");
            }
            return opened;
        } catch (InvocationTargetException fault) {
            throw new SQLException("the driver cannot be made: " + fault.getCause(), fault);
        }
    }

    @Override
    public String toString() {
        return url;
    }
}
