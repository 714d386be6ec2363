package io.odibi.it.architecture.planted.engine;

/** Breach: OpenTelemetry outside monitoring. */
final class OtelOutsideMonitoring {
    final Object attributes = io.opentelemetry.api.common.Attributes.empty();
}
