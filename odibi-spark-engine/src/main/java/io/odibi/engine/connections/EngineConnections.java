package io.odibi.engine.connections;

import io.odibi.core.port.Contributions;

/** Hands out the connection types of the engine. */
public final class EngineConnections {

    private EngineConnections() {}

    /** Adds all of them. */
    public static void contribute(Contributions to) {
        to.connection(LocalConnectionType.NAME, new LocalConnectionType());
        to.connection("hdfs", new HdfsConnectionType());
        to.connection("s3", new S3ConnectionType());
        to.connection("gcs", new GcsConnectionType());
        to.connection("azure_adls", new AzureConnectionType());
        to.connection("azure_blob", new AzureConnectionType());
        to.connection("delta", CatalogConnectionType.withDefault("spark_catalog"));
        to.connection("unity_catalog", CatalogConnectionType.named());
        to.connection("databricks", CatalogConnectionType.named());
        to.connection("postgres", new PostgresConnectionType());
        to.connection("postgresql", new PostgresConnectionType());
        to.connection("sql_server", new SqlServerConnectionType());
        to.connection("azure_sql", new SqlServerConnectionType());
        to.connection("jdbc", new JdbcConnectionType());
    }
}
