package io.odibi.engine.analysis;

import io.odibi.engine.Engine;
import io.odibi.engine.checkpoint.OdibiCheckpointFileManager;
import org.apache.spark.sql.SparkSession;

/** Sessions for the tests of this package: beside those of the other tests, and quick with a few rows. */
final class LocalSpark {

    private LocalSpark() {}

    static SparkSession session() {
        SparkSession session = Engine.spark().newSession();
        session.conf().set("spark.sql.session.timeZone", "UTC");
        session.conf().set("spark.sql.shuffle.partitions", "1");
        session.conf().set("spark.sql.variable.substitute", "false");
        // Compiling takes longer than the few rows do.
        session.conf().set("spark.sql.codegen.wholeStage", "false");
        session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        session.conf()
                .set("spark.sql.streaming.checkpointFileManagerClass", OdibiCheckpointFileManager.class.getName());
        return session;
    }
}
