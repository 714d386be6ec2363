package io.odibi.monitoring.otel;

import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;

/** Hands out senders on the JDK's HTTP client. Found by OpenTelemetry through {@code META-INF/services}. */
public final class JdkHttpSenderProvider implements HttpSenderProvider {

    /** For the loader of services. */
    public JdkHttpSenderProvider() {}

    @Override
    public HttpSender createSender(HttpSenderConfig config) {
        return new JdkHttpSender(config);
    }
}
