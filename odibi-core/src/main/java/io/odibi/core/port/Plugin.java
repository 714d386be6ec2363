package io.odibi.core.port;

/**
 * What {@link java.util.ServiceLoader} finds: one class, listed in {@code META-INF/services/io.odibi.core.port.Plugin}, with a public
 * constructor without parameters.
 *
 * <p>A plugin is made once per {@link io.odibi.core.catalog.PluginCatalog} and asked once, by the thread that makes the catalog. What
 * it hands out is used for as long as the catalog lives, by several threads; it should be immutable. Neither the constructor nor
 * {@link #contribute} may touch the network, the file system or an engine: they run even for {@code odibi --help}.
 */
public interface Plugin {

    /** Hands out everything that the plugin has. */
    void contribute(Contributions to);
}
