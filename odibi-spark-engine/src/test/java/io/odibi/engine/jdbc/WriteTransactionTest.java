package io.odibi.engine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.odibi.engine.failure.LastingFaultException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions with a ledger, on a database in this JVM. */
@Timeout(60)
class WriteTransactionTest {

    private static final String URL = "jdbc:h2:mem:ledger;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000";
    private static final TableName TABLE = new TableName(List.of("orders"));
    private static final Ledger LEDGER = new Ledger(TABLE.beside("odibi_batches"), SqlDialect.OTHER);
    private static final List<WrittenColumn> COLUMNS = List.of(
            new WrittenColumn("id", ColumnKind.LONG, "BIGINT", Types.BIGINT),
            new WrittenColumn("name", ColumnKind.TEXT, "VARCHAR(20)", Types.VARCHAR));

    private Connection h2;

    @BeforeEach
    void createTables() throws SQLException {
        h2 = DriverManager.getConnection(URL);
        new TargetTable(h2, SqlDialect.OTHER, TABLE).create(COLUMNS, List.of("id"));
        new TargetTable(h2, SqlDialect.OTHER, LEDGER.table()).create(LEDGER.creation());
    }

    @AfterEach
    void dropAll() throws SQLException {
        try (Statement statement = h2.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    @Test
    void writesTheRowsAndTheLedgerTogether() throws Exception {
        assertThat(transaction(0).write(rows(1, 2, 3, 4, 5))).isEqualTo(5);

        assertThat(query("SELECT \"id\" FROM \"orders\" ORDER BY 1")).containsExactly("1", "2", "3", "4", "5");
        assertThat(query("SELECT \"query\", \"batch\" FROM \"odibi_batches\"")).containsExactly("q 0");
    }

    @Test
    void takesTheRowsOfABatchThatIsWrittenToTheirEnd() throws Exception {
        transaction(0).write(rows(1));
        Iterator<Row> again = rows(1, 2);

        assertThat(transaction(0).write(again)).isZero();
        assertThat(again.hasNext()).isFalse();
        assertThat(query("SELECT \"id\" FROM \"orders\"")).containsExactly("1");
    }

    @Test
    void leavesNothingOfABatchThatTheDatabaseRefuses() throws Exception {
        transaction(0).write(rows(7));

        assertThatThrownBy(() -> transaction(1).write(rows(1, 2, 3, 7)))
                .isInstanceOf(SQLException.class)
                .isNotInstanceOf(java.sql.BatchUpdateException.class);

        assertThat(query("SELECT \"id\" FROM \"orders\"")).containsExactly("7");
        assertThat(query("SELECT \"batch\" FROM \"odibi_batches\"")).containsExactly("0");
    }

    @Test
    void leavesNothingOfABatchWhoseRowsFail() throws Exception {
        assertThatThrownBy(() -> transaction(0).write(rows(1, 2, 3, null)))
                .isInstanceOf(LastingFaultException.class)
                .hasMessageContaining("a row has no value in 'id', which is one of 'keys'");

        assertThat(query("SELECT * FROM \"odibi_batches\"")).isEmpty();
    }

    @Test
    void waitsForAnotherAttemptAtTheSameBatch() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch inHand = new CountDownLatch(1);
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> write(0, held(rows(1, 2), inHand, goOn)));
        assertThat(inHand.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> write(0, rows(1, 2)));
        await().during(Duration.ofMillis(300)).until(() -> !second.isDone());
        goOn.countDown();

        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(second.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(query("SELECT \"id\" FROM \"orders\" ORDER BY 1")).containsExactly("1", "2");
    }

    @Test
    void forgetsOldMicroBatchesOfTheQueryAndOldRuns() throws Exception {
        execute("INSERT INTO \"odibi_batches\" VALUES ('other', 1, CURRENT_TIMESTAMP), ('q', 1, CURRENT_TIMESTAMP),"
                + " ('q', 100, CURRENT_TIMESTAMP), ('run/a', 0, TIMESTAMP '2020-01-01 00:00:00'),"
                + " ('run/b', 0, CURRENT_TIMESTAMP)");

        transaction(101).write(rows());
        LEDGER.forgetRuns(h2, Instant.now().minus(Duration.ofDays(7)));

        assertThat(query("SELECT \"query\", \"batch\" FROM \"odibi_batches\" ORDER BY 1, 2"))
                .containsExactly("other 1", "q 100", "q 101", "run/b 0");
    }

    @Test
    void findsTheColumnsOfTheTableByTheirNames() throws Exception {
        execute("CREATE TABLE \"mixed\" (\"ID\" BIGINT, \"Name\" VARCHAR, \"name\" VARCHAR)");
        TargetTable mixed = new TargetTable(h2, SqlDialect.OTHER, new TableName(List.of("mixed")));

        assertThat(mixed.named(List.of("id", "name"))).containsExactly("ID", "name");
        assertThatThrownBy(() -> mixed.named(List.of("id", "more", "NAME")))
                .isInstanceOf(LastingFaultException.class)
                .hasMessage(
                        "table mixed has no column 'more', 'NAME'; its columns are ID, Name, name: leave them out in a"
                                + " step, or add them to the table");
    }

    @Test
    void asksForAUniqueIndexOverTheKeys() throws Exception {
        execute("CREATE TABLE \"two\" (\"a\" INT, \"b\" INT, \"c\" INT, UNIQUE (\"b\", \"a\"))");
        TargetTable two = new TargetTable(h2, SqlDialect.OTHER, new TableName(List.of("two")));

        two.requireUnique(List.of("a", "b"));
        assertThatThrownBy(() -> two.requireUnique(List.of("a")))
                .isInstanceOf(LastingFaultException.class)
                .hasMessageContaining("has no unique index over a")
                .hasMessageContaining("CREATE UNIQUE INDEX \"two_keys\" ON \"two\" (\"a\")");
    }

    private static long write(long number, Iterator<Row> rows) {
        try {
            return transaction(number).write(rows);
        } catch (SQLException | ReflectiveOperationException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static WriteTransaction transaction(long number) {
        return new WriteTransaction(
                new DatabaseDriver(URL, "org.h2.Driver", Map.of()),
                LEDGER,
                Ledger.Entry.ofQuery("q", number),
                "",
                SqlDialect.OTHER.insert(TABLE, List.of("id", "name")),
                COLUMNS,
                List.of(0),
                2);
    }

    private static Iterator<Row> rows(Integer... ids) {
        List<Row> rows = new ArrayList<>();
        for (Integer id : ids) {
            rows.add(RowFactory.create(id == null ? null : id.longValue(), id == null ? null : "n" + id));
        }
        return rows.iterator();
    }

    /** Rows that wait before the last of them. */
    private static Iterator<Row> held(Iterator<Row> rows, CountDownLatch inHand, CountDownLatch goOn) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                Row next = rows.next();
                if (!rows.hasNext()) {
                    inHand.countDown();
                    try {
                        assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException stopped) {
                        throw new IllegalStateException(stopped);
                    }
                }
                return next;
            }
        };
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = h2.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement select = h2.createStatement();
                ResultSet all = select.executeQuery(sql)) {
            int width = all.getMetaData().getColumnCount();
            while (all.next()) {
                StringBuilder row = new StringBuilder(all.getString(1));
                for (int place = 2; place <= width; place++) {
                    row.append(' ').append(all.getString(place));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
