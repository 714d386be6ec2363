package io.odibi.monitoring.channel;

import io.odibi.core.text.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Carries a request to a run and its answer back. */
interface Transport {

    /** Returns the answer. */
    String ask(String request) throws IOException;

    /** The longest answer that is taken, and the longest time that one may take. */
    int LONGEST_ANSWER = 16 * 1024 * 1024;

    /** Longer than a run ever takes. */
    Duration LONGEST_TIME = Duration.ofSeconds(10 + Operations.LONGEST_SECONDS);

    /** The way to a socket of this machine. */
    record Socket(Path socket) implements Transport {

        @Override
        public String ask(String request) throws IOException {
            try (Connections watch = new Connections();
                    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                watch.closeAfter(channel, LONGEST_TIME);
                channel.connect(UnixDomainSocketAddress.of(socket));
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(request + "\n");
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                return answer(channel);
            }
        }

        private static String answer(SocketChannel channel) throws IOException {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
            while (channel.read(buffer) >= 0 && answer.size() < LONGEST_ANSWER) {
                answer.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            String text = answer.toString(StandardCharsets.UTF_8);
            if (!text.endsWith("\n")) {
                throw new IOException("half an answer");
            }
            return text;
        }
    }

    /** The way over HTTP. The old client: the new one takes longer to load than the whole answer. */
    record Http(URI uri, Secret token) implements Transport {

        @Override
        public String ask(String request) throws IOException {
            HttpURLConnection connection =
                    (HttpURLConnection) uri.resolve("/v1/request").toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout((int) LONGEST_TIME.toMillis());
            connection.setReadTimeout((int) LONGEST_TIME.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setDoOutput(true);
            connection.setRequestProperty("Authorization", "Bearer " + token.reveal());
            connection.setRequestProperty("Content-Type", "application/json");
            try {
                try (OutputStream body = connection.getOutputStream()) {
                    body.write(request.getBytes(StandardCharsets.UTF_8));
                }
                int code = connection.getResponseCode();
                if (code != HttpURLConnection.HTTP_OK) {
                    throw new RefusedException(code);
                }
                try (InputStream answer = connection.getInputStream()) {
                    return new String(answer.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
                }
            } finally {
                connection.disconnect();
            }
        }
    }
}
