package io.odibi.core.describe;

import io.odibi.core.model.Processing;
import io.odibi.core.settings.Settings;

/**
 * What a source describes.
 *
 * @param address which data
 * @param processing how it will be read
 * @param settings read by the source's own declaration
 */
public record ReadRequest(DataAddress address, Processing processing, Settings settings) {}
