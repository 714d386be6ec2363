package io.odibi.core.describe;

import io.odibi.core.settings.Settings;
import java.nio.file.Path;

/**
 * What a connection type describes.
 *
 * @param name as the project names it
 * @param type the connection type's name
 * @param settings read by the type's own declaration
 * @param folder the project's folder, from which relative local paths start
 */
public record ConnectionRequest(String name, String type, Settings settings, Path folder) {}
