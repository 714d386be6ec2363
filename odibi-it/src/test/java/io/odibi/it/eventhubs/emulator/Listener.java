package io.odibi.it.eventhubs.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A port that takes connections, and can refuse them for a time. Any thread may use it. */
final class Listener implements AutoCloseable {

    private final InetSocketAddress at;
    private final ThreadFactory threads;
    private @Nullable ServerSocket server;
    private boolean isClosed;

    private Listener(InetSocketAddress at, ThreadFactory threads) {
        this.at = at;
        this.threads = threads;
    }

    /**
     * Takes a port, without answering on it yet.
     *
     * @throws IOException if somebody has it
     */
    static Listener on(InetAddress address, int port, ThreadFactory threads) throws IOException {
        Listener listener = new Listener(new InetSocketAddress(address, port), threads);
        listener.server = listener.bound();
        return listener;
    }

    /** Hands each connection to a task, on a thread of its own; nothing if it is closed. */
    synchronized void accept(Consumer<Socket> task) {
        if (isClosed) {
            return;
        }
        try {
            ServerSocket accepting = server == null ? bound() : server;
            server = accepting;
            threads.newThread(() -> accept(accepting, task)).start();
        } catch (IOException taken) {
            throw new UncheckedIOException("cannot take " + at + " again", taken);
        }
    }

    /** Gives the port up: connections are refused until {@link #accept} is called again. */
    synchronized void refuse() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException gone) {
                // Then it is closed.
            }
            server = null;
        }
    }

    /** Gives the port up for good. */
    @Override
    public synchronized void close() {
        isClosed = true;
        refuse();
    }

    private void accept(ServerSocket accepting, Consumer<Socket> task) {
        while (true) {
            Socket socket;
            try {
                socket = accepting.accept();
            } catch (IOException closed) {
                return;
            }
            threads.newThread(() -> task.accept(socket)).start();
        }
    }

    private ServerSocket bound() throws IOException {
        ServerSocket bound = new ServerSocket();
        try {
            // Connections that have just gone hold the port otherwise.
            bound.setReuseAddress(true);
            bound.bind(at);
            return bound;
        } catch (IOException taken) {
            bound.close();
            throw taken;
        }
    }
}
