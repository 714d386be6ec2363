package io.odibi.monitoring.channel;

import io.odibi.core.error.ExternalException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The control channel on a Unix domain socket: a request on a line, an answer on a line, and the connection is over. The socket and
 * its folder are its owner's alone, and so is what they control. A request that is too long, too slow or no request gets nothing.
 */
public final class SocketServer implements AutoCloseable {

    static final int MOST_CONNECTIONS = 64;
    static final Duration REQUEST_TIME = Duration.ofSeconds(3);

    private static final Duration REPLY_TIME = Duration.ofSeconds(5 + Operations.LONGEST_SECONDS);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

    private final ServerSocketChannel server;
    private final Operations operations;
    private final Connections connections = new Connections();
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "odibi-control");
        thread.setDaemon(true);
        return thread;
    });

    private SocketServer(ServerSocketChannel server, Operations operations) {
        this.server = server;
        this.operations = operations;
    }

    /**
     * Listens on a socket from now on.
     *
     * @param socket where; its folder is its owner's alone
     * @throws ExternalException if that cannot be
     */
    @SuppressWarnings("MustBeClosedChecker")
    public static SocketServer open(Path socket, Operations operations) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(UnixDomainSocketAddress.of(socket));
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            } catch (IOException | UnsupportedOperationException fault) {
                channel.close();
                throw fault;
            }
            SocketServer opened = new SocketServer(channel, operations);
            opened.workers.execute(opened::listen);
            return opened;
        } catch (IOException | UnsupportedOperationException fault) {
            throw new ExternalException("cannot listen on '" + socket + "'", fault);
        }
    }

    private void listen() {
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                if (connections.count() >= MOST_CONNECTIONS) {
                    Connections.quietly(connection);
                } else {
                    connections.add(connection);
                    workers.execute(() -> serve(connection));
                }
            } catch (IOException | RuntimeException fault) {
                // Closed, or out of file descriptors: those come back.
                pause();
            }
        }
    }

    private void serve(SocketChannel connection) {
        try {
            Runnable request = connections.closeAfter(connection, REQUEST_TIME);
            String line = line(connection);
            request.run();
            Runnable reply = connections.closeAfter(connection, REPLY_TIME);
            ByteBuffer answer = StandardCharsets.UTF_8.encode(operations.answer(line) + "\n");
            while (answer.hasRemaining()) {
                connection.write(answer);
            }
            reply.run();
        } catch (IOException | RuntimeException refused) {
            // Whoever sent it gets nothing, not even a reason.
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    private static String line(SocketChannel connection) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (connection.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(next);
            }
            buffer.clear();
            if (line.size() > Operations.LONGEST_REQUEST) {
                throw new IOException("the request is too long");
            }
        }
        throw new IOException("half a request");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more requests, answers those in hand, and ends. */
    @Override
    public void close() {
        Connections.quietly(server);
        workers.shutdown();
        try {
            workers.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        connections.close();
    }
}
