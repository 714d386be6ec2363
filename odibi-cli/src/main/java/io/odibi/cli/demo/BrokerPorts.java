package io.odibi.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The two ports of 127.0.0.1 that a broker listens on: its clients' and its own quorum's. */
record BrokerPorts(int broker, int controller) {
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);

    // Below the ports that Linux, macOS and Windows hand out by themselves: none of Spark's own sockets can take a port
    // while the broker is down, and no client that reconnects to a dead port can meet itself there.
    private static final int LOWEST_PORT = 20_000;
    private static final int PORT_BOUND = 32_000;

    /** Two ports that nobody listens on now; somebody may before the broker does. */
    static BrokerPorts free() {
        try (ServerSocket broker = bindFree();
                ServerSocket controller = bindFree()) {
            return new BrokerPorts(broker.getLocalPort(), controller.getLocalPort());
        } catch (IOException e) {
            throw new DemoException("cannot start Kafka: no free port on 127.0.0.1", e);
        }
    }

    private static ServerSocket bindFree() throws IOException {
        IOException last = new IOException("no port tried");
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, PORT_BOUND);
            try {
                return new ServerSocket(port, 1, loopback());
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** The address for clients, {@code host:port}. */
    String bootstrapServers() {
        return "127.0.0.1:" + broker;
    }

    /** Whether somebody listens on the port for clients. */
    boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), broker), Math.toIntExact(LOOK_LIMIT.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // Not InetAddress.getLoopbackAddress(), which is ::1 in a JVM that prefers IPv6.
    private static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
