package io.odibi.it.architecture.planted.connector.one;

/** Breach: a connector touches Spark. */
final class SparkInAConnector {
    final Object type = org.apache.spark.sql.types.DataTypes.StringType;
}
