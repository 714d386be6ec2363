package io.odibi.engine.failure;

import io.odibi.core.describe.Options;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.engine.failure.KnownCauses.Told;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What databases and their drivers say, told in our words. The class of an SQLSTATE says whether another start may help; drivers throw
 * few of the classes that Java has for that.
 */
final class DatabaseCauses {

    /** Drivers by their class, with the artifact that has them. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "org.postgresql.Driver", "org.postgresql:postgresql",
            "com.microsoft.sqlserver.jdbc.SQLServerDriver", "com.microsoft.sqlserver:mssql-jdbc",
            "com.mysql.cj.jdbc.Driver", "com.mysql:mysql-connector-j",
            "org.mariadb.jdbc.Driver", "org.mariadb.jdbc:mariadb-java-client",
            "oracle.jdbc.OracleDriver", "com.oracle.database.jdbc:ojdbc11",
            "org.h2.Driver", "com.h2database:h2",
            "org.sqlite.JDBC", "org.xerial:sqlite-jdbc");

    private static final int SQL_SERVER_LOGIN_FAILED = 18456;
    private static final int SQL_SERVER_DEADLOCK = 1205;

    /** Connection exception. */
    private static final Set<String> UNREACHABLE = Set.of("08");
    /** Transaction rollback, insufficient resources, operator intervention. */
    private static final Set<String> PASSING = Set.of("40", "53", "57", "58");
    /**
     * Feature not supported, data exception, integrity constraint violation, invalid catalog or schema name, syntax error or access rule
     * violation; S0 is SQL Server's.
     */
    private static final Set<String> LASTING = Set.of("0A", "22", "23", "3D", "3F", "42", "S0");

    private DatabaseCauses() {}

    /**
     * Returns what a person is told, if a database is the cause.
     *
     * @param chain what was thrown, and its causes
     * @param options options of what the node reads and writes
     */
    static Optional<Told> explain(List<Throwable> chain, List<Options> options) {
        for (Throwable fault : chain) {
            Optional<Told> driver = missingDriver(fault);
            if (driver.isPresent()) {
                return driver;
            }
            // What stands below tells more: an unknown host, a certificate.
            if (fault instanceof SQLException refused) {
                return explain(refused, database(options));
            }
        }
        return Optional.empty();
    }

    private static Optional<Told> missingDriver(Throwable fault) {
        String said = fault.getMessage() == null ? "" : fault.getMessage().strip();
        if (fault instanceof ClassNotFoundException && ARTIFACTS.containsKey(said)) {
            return Optional.of(new Told(
                    "the database's driver is not on the class path; add " + ARTIFACTS.get(said), Nature.LASTING));
        }
        return said.startsWith("No suitable driver")
                ? Optional.of(new Told(
                        "the database's driver is not on the class path; add its jar, and name its class as 'driver' of the"
                                + " connection",
                        Nature.LASTING))
                : Optional.empty();
    }

    private static Optional<Told> explain(SQLException fault, String database) {
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        String kind = state.length() < 2 ? "" : state.substring(0, 2);
        String said = SparkMessage.firstLine(fault);
        if (kind.equals("28") || fault.getErrorCode() == SQL_SERVER_LOGIN_FAILED) {
            return Optional.of(new Told(database + " refuses the login: " + said, Nature.LASTING));
        }
        if (UNREACHABLE.contains(kind)) {
            return Optional.of(new Told("cannot reach " + database + ": " + said, Nature.PASSING));
        }
        if (PASSING.contains(kind) || fault.getErrorCode() == SQL_SERVER_DEADLOCK) {
            return Optional.of(new Told(database + " has given up: " + said, Nature.PASSING));
        }
        return LASTING.contains(kind)
                ? Optional.of(new Told(database + " refuses: " + said, Nature.LASTING))
                : Optional.empty();
    }

    private static String database(List<Options> options) {
        return options.stream()
                .flatMap(one -> Optional.ofNullable(one.plain().get("url")).stream())
                .filter(url -> url.startsWith("jdbc:"))
                .findFirst()
                .map(url -> "the database at " + url)
                .orElse("the database");
    }
}
