package io.odibi.engine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlDialectTest {

    private static final TableName TABLE = new TableName(List.of("sales", "or\"d`e]rs"));
    private static final List<String> COLUMNS = List.of("id", "name", "at");
    private static final List<String> KEYS = List.of("id");

    @Test
    void isFoundByTheUrl() {
        assertThat(SqlDialect.of("jdbc:postgresql://h/d")).isEqualTo(SqlDialect.POSTGRES);
        assertThat(SqlDialect.of("JDBC:SQLServer://h")).isEqualTo(SqlDialect.SQL_SERVER);
        assertThat(SqlDialect.of("jdbc:mariadb://h/d")).isEqualTo(SqlDialect.MYSQL);
        assertThat(SqlDialect.of("jdbc:sqlite:x.db")).isEqualTo(SqlDialect.SQLITE);
        assertThat(SqlDialect.of("jdbc:oracle:thin:@h:1521:x")).isEqualTo(SqlDialect.OTHER);
    }

    @Test
    void writesNamesInTheQuotesOfTheDatabase() {
        assertThat(SqlDialect.POSTGRES.quoted(TABLE)).isEqualTo("\"sales\".\"or\"\"d`e]rs\"");
        assertThat(SqlDialect.SQL_SERVER.quoted(TABLE)).isEqualTo("[sales].[or\"d`e]]rs]");
        assertThat(SqlDialect.MYSQL.quoted(TABLE)).isEqualTo("`sales`.`or\"d``e]rs`");
    }

    @Test
    void mergesRowsInTheWordsOfTheDatabase() {
        TableName table = new TableName(List.of("t"));

        assertThat(SqlDialect.POSTGRES.upsert(table, COLUMNS, KEYS))
                .contains(
                        "INSERT INTO \"t\" (\"id\", \"name\", \"at\") VALUES (?, ?, ?) ON CONFLICT (\"id\") DO UPDATE SET"
                                + " \"name\" = EXCLUDED.\"name\", \"at\" = EXCLUDED.\"at\"");
        assertThat(SqlDialect.SQLITE.upsert(table, KEYS, KEYS))
                .contains("INSERT INTO \"t\" (\"id\") VALUES (?) ON CONFLICT (\"id\") DO NOTHING");
        assertThat(SqlDialect.MYSQL.upsert(table, COLUMNS, KEYS))
                .contains("INSERT INTO `t` (`id`, `name`, `at`) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE `name` ="
                        + " VALUES(`name`), `at` = VALUES(`at`)");
        assertThat(SqlDialect.SQL_SERVER.upsert(table, COLUMNS, KEYS))
                .contains(
                        "MERGE INTO [t] WITH (HOLDLOCK) AS target USING (VALUES (?, ?, ?)) AS source ([id], [name], [at]) ON"
                                + " target.[id] = source.[id] WHEN MATCHED THEN UPDATE SET [name] = source.[name], [at] = source.[at]"
                                + " WHEN NOT MATCHED THEN INSERT ([id], [name], [at]) VALUES (source.[id], source.[name],"
                                + " source.[at]);");
        assertThat(SqlDialect.SQL_SERVER.upsert(table, KEYS, KEYS).orElseThrow())
                .doesNotContain("WHEN MATCHED");
        assertThat(SqlDialect.OTHER.upsert(table, COLUMNS, KEYS)).isEmpty();
    }

    @Test
    void givesKeysATypeThatCanBeOne() {
        assertThat(SqlDialect.SQL_SERVER.keyType("NVARCHAR(MAX)")).isEqualTo("NVARCHAR(400)");
        assertThat(SqlDialect.MYSQL.keyType("LONGTEXT")).isEqualTo("VARCHAR(255)");
        assertThat(SqlDialect.POSTGRES.keyType("TEXT")).isEqualTo("TEXT");
    }

    /** H2 takes the words of SQL Server in a mode of its own, but for the lock: what the statement does is shown. */
    @Test
    void mergesRowsBySqlServersStatement() throws Exception {
        TableName table = new TableName(List.of("t"));
        try (Connection h2 = DriverManager.getConnection("jdbc:h2:mem:;MODE=MSSQLServer")) {
            try (Statement create = h2.createStatement()) {
                create.executeUpdate("CREATE TABLE [t] ([id] BIGINT NOT NULL PRIMARY KEY, [name] NVARCHAR(20))");
                create.executeUpdate("INSERT INTO [t] VALUES (1, 'one'), (2, 'two')");
            }
            String merge = SqlDialect.SQL_SERVER
                    .upsert(table, List.of("id", "name"), KEYS)
                    .orElseThrow()
                    .replace(" WITH (HOLDLOCK)", "");
            try (PreparedStatement row = h2.prepareStatement(merge)) {
                row.setLong(1, 2);
                row.setString(2, "TWO");
                row.addBatch();
                row.setLong(1, 3);
                row.setNull(2, Types.NVARCHAR);
                row.addBatch();
                row.executeBatch();
            }
            List<String> rows = new ArrayList<>();
            try (Statement select = h2.createStatement();
                    ResultSet all = select.executeQuery("SELECT [id], [name] FROM [t] ORDER BY [id]")) {
                while (all.next()) {
                    rows.add(all.getLong(1) + " " + all.getString(2));
                }
            }
            assertThat(rows).containsExactly("1 one", "2 TWO", "3 null");
        }
    }
}
