package io.odibi.monitoring.channel;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.odibi.core.error.ExternalException;
import io.odibi.core.text.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The control channel over HTTP: {@code POST /v1/request} with a request of the socket as its body, and {@code GET /v1/queries}. Every
 * request needs the bearer token; one that a browser sent for another site ({@code Host} or {@code Origin} foreign) is refused, token
 * or not. Refusals have no body.
 */
public final class HttpFront implements AutoCloseable {

    private static final String REQUEST = "/v1/request";
    private static final String QUERIES = "/v1/queries";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    private static final int THREADS = 8;
    private static final int WAITING = 64;

    private final HttpServer server;
    private final Operations operations;
    private final byte[] expected;
    private final Set<String> hosts;
    private final URI uri;
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
                Thread thread = new Thread(work, "odibi-http");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    private HttpFront(HttpServer server, HttpAddress address, Secret token, Operations operations) {
        this.server = server;
        this.operations = operations;
        this.expected = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
        int port = server.getAddress().getPort();
        this.hosts = Stream.of(address.host(), "localhost", "127.0.0.1", "[::1]")
                .map(host -> host + ":" + port)
                .collect(Collectors.toUnmodifiableSet());
        this.uri = URI.create("http://" + address.host() + ":" + port);
    }

    /**
     * Listens from now on.
     *
     * @throws ExternalException if that cannot be, such as on a port that is taken
     */
    public static HttpFront open(HttpAddress address, Secret token, Operations operations) {
        // Seconds; a client that sends its request byte by byte would hold a thread for ever.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", "10");
        }
        try {
            HttpFront front = new HttpFront(HttpServer.create(address.resolve(), WAITING), address, token, operations);
            front.server.setExecutor(front.workers);
            front.server.createContext("/", front::serve);
            front.server.start();
            return front;
        } catch (IOException | IllegalArgumentException fault) {
            throw new ExternalException(
                    "cannot listen on " + address.host() + ":" + address.port()
                            + ": the port is taken, or the address is not one of this machine's",
                    fault);
        }
    }

    /** Where it listens, with the port that was found. */
    public URI uri() {
        return uri;
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            int refusal = refusal(exchange.getRequestHeaders());
            if (refusal != OK) {
                exchange.sendResponseHeaders(refusal, -1);
                return;
            }
            answer(exchange);
        } catch (IOException | RuntimeException gone) {
            // The other side is gone, or never meant to listen.
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private int refusal(Headers headers) {
        List<String> host = headers.getOrDefault("Host", List.of());
        if (host.size() != 1 || !hosts.contains(host.get(0)) || headers.containsKey("Origin")) {
            return FORBIDDEN;
        }
        List<String> token = headers.getOrDefault("Authorization", List.of());
        boolean isRight =
                token.size() == 1 && MessageDigest.isEqual(token.get(0).getBytes(StandardCharsets.UTF_8), expected);
        return isRight ? OK : UNAUTHORIZED;
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String what =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String request;
        if (what.equals("GET " + QUERIES)) {
            request = Operations.list();
        } else if (what.equals("POST " + REQUEST)) {
            byte[] body = exchange.getRequestBody().readNBytes(Operations.LONGEST_REQUEST + 1);
            if (body.length > Operations.LONGEST_REQUEST) {
                exchange.sendResponseHeaders(TOO_LARGE, -1);
                return;
            }
            request = new String(body, StandardCharsets.UTF_8);
        } else {
            exchange.sendResponseHeaders(NOT_FOUND, -1);
            return;
        }
        byte[] reply;
        try {
            reply = operations.answer(request).getBytes(StandardCharsets.UTF_8);
        } catch (IOException malformed) {
            exchange.sendResponseHeaders(BAD_REQUEST, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(OK, reply.length);
        exchange.getResponseBody().write(reply);
    }

    /** Answers what is in hand, and ends. */
    @Override
    public void close() {
        // The server waits for all of the time that it is given, whether or not it has something in hand.
        server.stop(workers.getActiveCount() == 0 ? 0 : 1);
        workers.shutdownNow();
    }
}
