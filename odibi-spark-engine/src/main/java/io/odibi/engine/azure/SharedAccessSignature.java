package io.odibi.engine.azure;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.extensions.SASTokenProvider;
import org.jspecify.annotations.Nullable;

/**
 * Gives Hadoop the shared access signature of a container, which stands in its configuration under {@code
 * fs.azure.odibi.sas.token.CONTAINER.HOST}. Hadoop 3.3, which Spark 3.5 brings, takes a signature from a class only. Made by Hadoop, once for
 * each file system; asked by any thread.
 */
public final class SharedAccessSignature implements SASTokenProvider {

    private static final String KEY = "fs.azure.odibi.sas.token.";
    private static final String HOST = ".dfs.core.windows.net";

    private @Nullable Configuration configuration;

    /** Made by Hadoop. */
    public SharedAccessSignature() {}

    @Override
    public void initialize(Configuration given, String accountName) {
        configuration = given;
    }

    @Override
    public String getSASToken(String account, String fileSystem, String path, String operation) throws IOException {
        String host = account.contains(".") ? account : account + HOST;
        String token = configuration == null ? null : configuration.get(KEY + fileSystem + "." + host);
        if (token == null) {
            throw new IOException("no shared access signature is set for container '" + fileSystem + "' of " + host);
        }
        return token;
    }
}
