package io.odibi.config;

import io.odibi.core.model.MonitoringSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** {@code monitoring:} of a project. */
final class MonitoringKeys {

    private static final Pattern ADDRESS = Pattern.compile("(?:(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):)?\\d{1,5}");
    /** Whoever opens the control channel to every network means to open it to one. */
    private static final Pattern ALL_ADDRESSES = Pattern.compile("(?:[0.]+|\\[[0:.]+]):\\d+");

    private static final int LAST_PORT = 65_535;

    private static final Setting<String> HTTP = Setting.optional(
            "http",
            address(
                    ", never all addresses at once",
                    text -> !ALL_ADDRESSES.matcher(text).matches()),
            "Where 'odibi streaming --url' may ask a run, as '--http' says on the command line");
    private static final Setting<String> OTLP_ENDPOINT = Setting.optional(
            "otlp_endpoint",
            ValueTypes.parsed(
                    new TypeShape.Text("a URL such as http://collector:4318", Optional.empty()), MonitoringKeys::url),
            "Where metrics and traces are sent by OTLP over HTTP");
    private static final Setting<Map<String, Secret>> OTLP_HEADERS = Setting.optional(
            "otlp_headers", ValueTypes.map(ValueTypes.secret()), "Headers that are sent with them, such as a key");
    private static final Setting<Duration> METRICS_INTERVAL = Setting.optional(
            "metrics_interval",
            ValueTypes.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
            "How often metrics are sent by OTLP; each minute by default");
    private static final Setting<String> PROMETHEUS = Setting.optional(
            "prometheus", address("", text -> true), "Where Prometheus may fetch metrics, at /metrics");
    private static final Setting<String> SERVICE_NAME = Setting.optional(
            "service_name",
            ValueTypes.text(),
            "What metrics and traces are said to be of; the project's name by default");
    private static final Setting<Map<String, String>> RESOURCE_ATTRIBUTES = Setting.optional(
            "resource_attributes",
            ValueTypes.map(ValueTypes.text()),
            "What else is said of it, such as 'deployment.environment.name'");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "How runs tell of themselves; the command line and OpenTelemetry's environment variables win",
            HTTP,
            OTLP_ENDPOINT,
            OTLP_HEADERS,
            METRICS_INTERVAL,
            PROMETHEUS,
            SERVICE_NAME,
            RESOURCE_ATTRIBUTES);

    private MonitoringKeys() {}

    static MonitoringSpec read(Mapping mapping, Scope scope) {
        Settings settings = scope.salvage(DECLARATION, mapping);
        return new MonitoringSpec(
                settings.find(HTTP),
                settings.find(OTLP_ENDPOINT),
                settings.find(OTLP_HEADERS).orElse(Map.of()),
                settings.find(METRICS_INTERVAL),
                settings.find(PROMETHEUS),
                settings.find(SERVICE_NAME),
                settings.find(RESOURCE_ATTRIBUTES).orElse(Map.of()));
    }

    private static ValueType<String> address(String but, Predicate<String> isAllowed) {
        return ValueTypes.parsed(
                new TypeShape.Text(
                        "a port, or address and port, such as 8070 or 10.0.0.7:8070" + but, Optional.empty()),
                text -> Optional.of(text)
                        .filter(one -> ADDRESS.matcher(one).matches())
                        .filter(one -> Integer.parseInt(one.substring(one.lastIndexOf(':') + 1)) <= LAST_PORT)
                        .filter(isAllowed));
    }

    private static Optional<String> url(String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isHttp && uri.getHost() != null ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException other) {
            return Optional.empty();
        }
    }
}
