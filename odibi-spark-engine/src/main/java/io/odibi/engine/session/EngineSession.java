package io.odibi.engine.session;

import io.odibi.core.describe.Connection;
import io.odibi.core.error.ExternalException;
import io.odibi.core.execution.Resources;
import io.odibi.core.finding.Finding;
import io.odibi.core.plan.Plan;
import io.odibi.engine.checkpoint.OdibiCheckpointFileManager;
import io.odibi.engine.failure.SparkMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark session of a project. Owned by the {@link Resources} of a check and the runs after it. Where the process has a session
 * already (a notebook, an embedder), a sibling of it is used and its context outlives this object; else Spark is started, and stopped
 * again by {@link #close}. Safe for use by several threads.
 */
public final class EngineSession implements AutoCloseable {

    private static final String FILE_MANAGER = "spark.sql.streaming.checkpointFileManagerClass";
    private static final String HADOOP = "spark.hadoop.";

    private final SparkSession spark;
    private final List<EngineDefault> defaults;
    private final boolean isOwner;
    private final ConcurrentMap<String, Connection> prepared = new ConcurrentHashMap<>();

    private EngineSession(SparkSession spark, List<EngineDefault> defaults, boolean isOwner) {
        this.spark = spark;
        this.defaults = List.copyOf(defaults);
        this.isOwner = isOwner;
    }

    /** Returns the one session of these resources, and opens it when it is first asked for. */
    public static EngineSession of(Resources resources, Plan plan) {
        return resources.shared(EngineSession.class, () -> open(plan));
    }

    /**
     * Opens a session for a plan; the caller closes it.
     *
     * @throws ExternalException if Spark cannot be started, or was given a setting that takes its checks away
     */
    public static EngineSession open(Plan plan) {
        Option<SparkSession> there = SparkSession.getDefaultSession();
        boolean isSibling = there.isDefined() && !there.get().sparkContext().isStopped();
        Map<String, String> given = new LinkedHashMap<>();
        SparkConf submitted = isSibling ? there.get().sparkContext().getConf() : new SparkConf(true);
        for (var pair : submitted.getAll()) {
            given.put(pair._1(), pair._2());
        }
        given.putAll(plan.engine());
        refuseLocked(given);
        List<EngineDefault> defaults = EngineDefaults.choose(
                plan.project(), given, Runtime.getRuntime().availableProcessors());
        Map<String, String> settings = new LinkedHashMap<>();
        defaults.forEach(one -> settings.put(one.name(), one.value()));
        settings.putAll(plan.engine());
        drainable(settings, given);
        return isSibling ? sibling(there.get(), settings, defaults) : start(settings, defaults);
    }

    private static void refuseLocked(Map<String, String> given) {
        for (Finding finding : LockedSettings.check(given).sorted()) {
            throw new ExternalException("cannot start Spark: " + finding.message());
        }
    }

    /** Puts our file manager in front of the one that was asked for: draining and fast local checkpoints rest on it. */
    private static void drainable(Map<String, String> settings, Map<String, String> given) {
        String ours = OdibiCheckpointFileManager.class.getName();
        String asked = given.get(FILE_MANAGER);
        settings.put(FILE_MANAGER, ours);
        if (asked != null && !asked.equals(ours)) {
            settings.put(OdibiCheckpointFileManager.DELEGATE, asked);
        }
    }

    /** Spark logs what a session is built with at level DEBUG, secrets too; what its context is built with, it does not. */
    private static EngineSession start(Map<String, String> settings, List<EngineDefault> defaults) {
        try {
            SparkConf conf = new SparkConf(true);
            settings.forEach(conf::set);
            SparkSession.Builder builder = SparkSession.builder().sparkContext(SparkContext.getOrCreate(conf));
            return new EngineSession(builder.getOrCreate(), defaults, true);
        } catch (RuntimeException cause) {
            throw new ExternalException("cannot start Spark: " + SparkMessage.firstLine(cause), cause);
        }
    }

    private static EngineSession sibling(SparkSession there, Map<String, String> settings, List<EngineDefault> all) {
        SparkSession session = there.newSession();
        settings.forEach((name, value) -> {
            if (name.equals(FILE_MANAGER) || name.equals(OdibiCheckpointFileManager.DELEGATE)) {
                // Static for Spark's own reasons, none of which hold here: it is read anew for each log and state
                // store.
                session.sessionState().conf().setConfString(name, value);
            } else if (isSql(name) && session.conf().isModifiable(name)) {
                session.conf().set(name, value);
            } else if (name.startsWith(HADOOP)) {
                session.sparkContext().hadoopConfiguration().set(name.substring(HADOOP.length()), value);
            }
        });
        List<EngineDefault> applied = all.stream()
                .filter(one -> isSql(one.name()) && session.conf().isModifiable(one.name()))
                .toList();
        return new EngineSession(session, applied, false);
    }

    private static boolean isSql(String name) {
        return name.startsWith("spark.sql.") || name.startsWith("spark.databricks.") || name.startsWith("spark.odibi.");
    }

    /** Spark's own session. */
    public SparkSession spark() {
        return spark;
    }

    /** What Odibi chose because nobody else did, in order. */
    public List<EngineDefault> defaults() {
        return defaults;
    }

    /** Hands the session what a connection needs, such as credentials of a file system. To be called before its data is touched. */
    public void prepare(Connection connection) {
        prepared.computeIfAbsent(connection.name(), name -> {
            connection.session().reveal().forEach((key, value) -> {
                if (key.startsWith(HADOOP)) {
                    spark.sparkContext().hadoopConfiguration().set(key.substring(HADOOP.length()), value);
                } else if (key.startsWith("spark.")) {
                    spark.conf().set(key, value);
                } else {
                    spark.sparkContext().hadoopConfiguration().set(key, value);
                }
            });
            return connection;
        });
    }

    /** Stops Spark, if this object started it. */
    @Override
    public void close() {
        if (isOwner) {
            spark.stop();
        }
    }
}
