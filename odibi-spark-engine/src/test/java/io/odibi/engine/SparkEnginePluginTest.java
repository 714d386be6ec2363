package io.odibi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SparkEnginePluginTest {

    private static final List<String> HEAVY = List.of("spark", "scala", "hadoop", "delta", "guice", "guava");

    @Test
    void declaresEverythingWithoutSparkOnTheClassPath() throws Exception {
        try (URLClassLoader light = new URLClassLoader(lightClassPath(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> light.loadClass("org.apache.spark.sql.SparkSession"))
                    .isInstanceOf(ClassNotFoundException.class);
            Object catalog = light.loadClass("io.odibi.core.catalog.PluginCatalog")
                    .getMethod("discover", ClassLoader.class)
                    .invoke(null, light);

            assertThat(names(catalog, "connections"))
                    .containsExactly(
                            "azure_adls",
                            "azure_blob",
                            "azure_sql",
                            "databricks",
                            "delta",
                            "gcs",
                            "hdfs",
                            "jdbc",
                            "local",
                            "postgres",
                            "postgresql",
                            "s3",
                            "sql_server",
                            "unity_catalog");
            assertThat(names(catalog, "sources"))
                    .containsExactly(
                            "avro",
                            "azure_sql",
                            "csv",
                            "delta",
                            "jdbc",
                            "json",
                            "orc",
                            "parquet",
                            "postgres",
                            "postgresql",
                            "rate",
                            "sql",
                            "sql_server",
                            "text");
            assertThat(names(catalog, "sinks"))
                    .containsExactly(
                            "avro",
                            "azure_sql",
                            "csv",
                            "delta",
                            "jdbc",
                            "json",
                            "orc",
                            "parquet",
                            "postgres",
                            "postgresql",
                            "sql",
                            "sql_server",
                            "text");
            assertThat(names(catalog, "executionModes")).containsExactly("batch", "streaming");
            for (String kind : List.of("connections", "sources", "sinks")) {
                for (Object one : byName(catalog, kind).values()) {
                    Method settings = one.getClass().getMethod("settings");
                    settings.setAccessible(true);
                    assertThat(settings.invoke(one).getClass().getSimpleName()).isEqualTo("SettingsDeclaration");
                }
            }
        }
    }

    private static Iterable<String> names(Object catalog, String kind) throws Exception {
        return byName(catalog, kind).keySet().stream().map(String::valueOf).toList();
    }

    private static Map<?, ?> byName(Object catalog, String kind) throws Exception {
        Object registered = catalog.getClass().getMethod(kind).invoke(catalog);
        return (Map<?, ?>) registered.getClass().getMethod("byName").invoke(registered);
    }

    private static URL[] lightClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("odibi-") && !entry.contains("test"))
                .filter(entry -> {
                    String file = Path.of(entry).getFileName().toString();
                    return HEAVY.stream().noneMatch(file::contains) || file.startsWith("odibi");
                })
                .map(SparkEnginePluginTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
