package io.odibi.engine.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCOptions;
import org.apache.spark.sql.jdbc.JdbcConnectionProvider;
import scala.Option;
import scala.collection.immutable.Map;

/**
 * Opens the connections of reads, in the place of Spark's own way, which logs the password at level DEBUG. Found by Spark through
 * {@code ServiceLoader}, made once, called by any thread, on executors too; does nothing for reads that do not ask for it by its name.
 */
public final class QuietConnections extends JdbcConnectionProvider {

    static final String OPTION = "connectionProvider";
    static final String NAME = "odibi";

    /** Made by Spark. */
    public QuietConnections() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean canHandle(Driver driver, Map<String, String> options) {
        return options.get(OPTION).equals(Option.apply(NAME));
    }

    @Override
    public Connection getConnection(Driver driver, Map<String, String> options) {
        JDBCOptions all = new JDBCOptions(options);
        try {
            Connection opened = driver.connect(all.url(), all.asConnectionProperties());
            if (opened == null) {
                throw new SQLException("No suitable driver: none takes " + all.url(), "08001");
            }
            return opened;
        } catch (SQLException fault) {
            throw QuietConnections.<RuntimeException>unchecked(fault);
        }
    }

    @Override
    public boolean modifiesSecurityContext(Driver driver, Map<String, String> options) {
        return false;
    }

    /** Scala knows no checked exceptions, and those who tell of failures look for the driver's own. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler is to believe it
    private static <E extends Throwable> E unchecked(Throwable fault) throws E {
        throw (E) fault;
    }
}
