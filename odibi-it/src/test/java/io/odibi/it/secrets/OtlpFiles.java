package io.odibi.it.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes what is sent to an OTLP collector, and keeps each body as a file. Closing it ends its thread. */
final class OtlpFiles implements AutoCloseable {

    private final HttpServer server;
    private final Path folder;
    private final AtomicInteger count = new AtomicInteger();

    private OtlpFiles(HttpServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    static OtlpFiles start(Path folder) throws IOException {
        Files.createDirectories(folder);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OtlpFiles files = new OtlpFiles(server, folder);
        server.createContext("/", files::take);
        server.start();
        return files;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) {
        try (exchange) {
            Files.write(
                    folder.resolve("body-" + count.incrementAndGet()),
                    exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
