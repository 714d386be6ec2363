package io.odibi.cli;

import io.odibi.core.text.Secret;
import io.odibi.monitoring.RunningQueries;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom {@code odibi streaming} asks, and for whom it writes. */
final class StreamingOptions {

    private static final String TOKEN = "ODIBI_HTTP_TOKEN";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Ask the run that was started with --http there; " + TOKEN + " in the environment holds its token.")
    private @Nullable String url;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, or json for machines.",
            defaultValue = "text")
    private Format format = Format.TEXT;

    Format format() {
        return format;
    }

    RunningQueries queries(Surroundings surroundings) {
        return Optional.ofNullable(url)
                .map(address -> RunningQueries.at(uri(address), token(surroundings)))
                .orElseGet(() -> RunningQueries.ofThisUser(surroundings.environment()));
    }

    private static Secret token(Surroundings surroundings) {
        String token = surroundings.environment().getOrDefault(TOKEN, "");
        if (token.isEmpty()) {
            throw new UsageException("'--url' needs the run's token in " + TOKEN);
        }
        return Secret.of(token);
    }

    private static URI uri(String text) {
        return parse(text)
                .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                .filter(uri -> uri.getHost() != null)
                .orElseThrow(() -> new UsageException(
                        "'--url' cannot be '" + text + "'; it is http://HOST:PORT or https://HOST:PORT"));
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException other) {
            return Optional.empty();
        }
    }
}
