package com.example.numbers;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Stands for the client of a real service: it has the numbers itself. */
final class NumbersClient {

    private final Map<String, String> options;

    NumbersClient(Map<String, String> options) {
        this.options = options;
    }

    Dataset<Row> read(SparkSession session, long from, long to) {
        if (!options.containsKey("apiKey")) {
            throw new IllegalStateException("the service asks for a key");
        }
        return session.range(from, to + 1).toDF("number");
    }
}
