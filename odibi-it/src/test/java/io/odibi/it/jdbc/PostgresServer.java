package io.odibi.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * A PostgreSQL server, from the binaries that Maven Central has, in processes of its own on the loopback. Used by one thread; closing it
 * kills it.
 */
public final class PostgresServer implements AutoCloseable {

    /** Who logs in. */
    public static final String USER = "odibi";
    /** The database that it has. */
    public static final String DATABASE = "postgres";
    /** Stands in no file that Odibi writes. */
    public static final String PASSWORD = "c4n4ry-of-postgres";

    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final Path UNPACKED = Path.of("target", "postgres").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private Optional<Process> server = Optional.empty();

    private PostgresServer(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Makes a server with its data in a folder, and starts it. */
    public static PostgresServer in(Path folder) throws Exception {
        unpack();
        PostgresServer server = new PostgresServer(folder, freePort());
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        Process init = server.process(
                        "initdb",
                        "--pgdata=" + server.data(),
                        "--username=" + USER,
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync")
                .start();
        assertThat(init.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(init.exitValue()).as(server.log()).isZero();
        server.start();
        return server;
    }

    /** Starts it on the data that it has, and waits until it answers. */
    void start() throws Exception {
        assertThat(server.filter(Process::isAlive)).isEmpty();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            // One that was killed leaves workers, and a new one refuses until they are gone.
            if (server.filter(Process::isAlive).isEmpty()) {
                server = Optional.of(process(
                                "postgres",
                                "-D",
                                data().toString(),
                                "-p",
                                String.valueOf(port),
                                "-k",
                                "",
                                "-F",
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "shared_buffers=16MB",
                                "-c",
                                "max_connections=40")
                        .start());
            }
            return answers();
        });
    }

    /** Kills it, and with it whatever it has in hand. */
    void kill() {
        server.ifPresent(process -> process.destroyForcibly().onExit().join());
    }

    /** Where it answers. */
    public int port() {
        return port;
    }

    /** Opens a connection, which the caller closes. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, USER, PASSWORD);
    }

    /** Runs statements, each by itself. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows of a query, the values of each joined by a bar. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            int width = found.getMetaData().getColumnCount();
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int place = 1; place <= width; place++) {
                    row.add(String.valueOf(found.getString(place)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    @Override
    public void close() {
        kill();
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private ProcessBuilder process(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to be run by root; in a user namespace it is nobody.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(UNPACKED.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("postgres.log").toFile()));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("postgres.log"));
    }

    /** Once for each build; another JVM may do so at the same time. */
    private static void unpack() throws IOException {
        if (Files.isDirectory(UNPACKED)) {
            return;
        }
        Path fresh = Files.createTempDirectory(Files.createDirectories(UNPACKED.getParent()), "postgres-");
        try (InputStream binaries = PostgresServer.class.getResourceAsStream(BINARIES);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(binaries)))) {
            for (TarArchiveEntry entry = tar.getNextTarEntry(); entry != null; entry = tar.getNextTarEntry()) {
                unpack(tar, entry, fresh.resolve(entry.getName()).normalize());
            }
        }
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(fresh, UNPACKED, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException other) {
            assertThat(UNPACKED).isDirectory();
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path place) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(place);
            return;
        }
        Files.createDirectories(place.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, place, StandardCopyOption.REPLACE_EXISTING);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Below the ports that systems hand out by themselves, so that none takes it while the server is down. */
    private static int freePort() throws IOException {
        for (int attempt = 0; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
                return free.getLocalPort();
            } catch (IOException taken) {
                if (attempt == 100) {
                    throw taken;
                }
            }
        }
    }
}
