package io.odibi.monitoring.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Posts what OpenTelemetry exports with the JDK's client. A post that fails is not repeated: the next carries the same sums, a little
 * later.
 */
final class JdkHttpSender implements HttpSender {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final HttpSenderConfig config;
    private final HttpClient client;

    JdkHttpSender(HttpSenderConfig config) {
        this.config = config;
        Duration connect = config.getConnectTimeout();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect.isZero() || connect.isNegative() ? LONGEST_CONNECT : connect);
        if (config.getSslContext() != null) {
            builder.sslContext(config.getSslContext());
        }
        this.client = builder.build();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // both of its ends are told
    public void send(MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
        try {
            client.sendAsync(request(message), BodyHandlers.ofByteArray()).whenComplete((response, fault) -> {
                if (fault == null) {
                    onResponse.accept(new Answer(response));
                } else {
                    onError.accept(fault);
                }
            });
        } catch (IOException | RuntimeException fault) {
            onError.accept(fault);
        }
    }

    private HttpRequest request(MessageWriter message) throws IOException {
        Compressor compressor = config.getCompressor();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (OutputStream out = compressor == null ? body : compressor.compress(body)) {
            message.writeMessage(out);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(config.getEndpoint())
                .timeout(config.getTimeout())
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .setHeader("Content-Type", config.getContentType());
        if (compressor != null) {
            request.setHeader("Content-Encoding", compressor.getEncoding());
        }
        Map<String, List<String>> headers = config.getHeadersSupplier().get();
        if (headers != null) {
            headers.forEach((name, values) -> values.forEach(value -> request.setHeader(name, value)));
        }
        return request.build();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    private record Answer(java.net.http.HttpResponse<byte[]> response) implements HttpResponse {

        @Override
        public int getStatusCode() {
            return response.statusCode();
        }

        @Override
        public String getStatusMessage() {
            return "HTTP " + response.statusCode();
        }

        @Override
        public byte[] getResponseBody() {
            return response.body();
        }
    }
}
