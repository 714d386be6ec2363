package io.odibi.core.model;

import io.odibi.core.text.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a stream waits for late rows.
 *
 * @param input the named input that it is for; empty for the node's own read
 * @param column the event-time column
 * @param delay how long, at least 0
 * @param at where it was written
 */
public record WatermarkSpec(Optional<String> input, String column, Duration delay, Position at) {}
