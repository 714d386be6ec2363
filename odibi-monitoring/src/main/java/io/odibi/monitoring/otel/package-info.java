/**
 * Metrics of streaming queries for OpenTelemetry, which its own environment variables turn on. The one place that knows OpenTelemetry;
 * listens to the run's events.
 */
@NullMarked
package io.odibi.monitoring.otel;

import org.jspecify.annotations.NullMarked;
