package io.odibi.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What runs: Odibi, the Spark that it was built for (or the one on the class path), Java. Loads no class of Spark. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties built = read("/io/odibi/cli/version.properties");
        Properties spark = read("/spark-version-info.properties");
        return new String[] {
            "Odibi " + built.getProperty("odibi"),
            "Spark " + spark.getProperty("version", built.getProperty("spark")),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")"
        };
    }

    private static Properties read(String resource) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream(resource)) {
            if (stream != null) {
                properties.load(stream);
            }
        }
        return properties;
    }
}
