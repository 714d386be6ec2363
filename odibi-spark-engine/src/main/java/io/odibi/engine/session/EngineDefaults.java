package io.odibi.engine.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Spark expert would set, computed from what is known before a session exists. Never overrides the project, nor what
 * {@code spark-submit} was given.
 */
public final class EngineDefaults {

    /** What settings are called that are secrets, to Spark's own redaction. */
    private static final String SECRET_NAMES =
            "secret|password|token|access[.]?key|account[.]?key|[.]key$|jaas|sas|connectionstring|credential";

    private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\s*\\d+)?])?");

    private final Map<String, String> given;
    private final List<EngineDefault> chosen = new ArrayList<>();

    private EngineDefaults(Map<String, String> given) {
        this.given = given;
    }

    /**
     * Returns what is set, in order.
     *
     * @param project the project's name
     * @param given settings by their full names, from the project or from spark-submit; these stay as they are
     * @param cores how many cores this machine has
     */
    public static List<EngineDefault> choose(String project, Map<String, String> given, int cores) {
        EngineDefaults defaults = new EngineDefaults(given);
        defaults.basics(project, cores);
        defaults.speed(cores);
        defaults.safety();
        return List.copyOf(defaults.chosen);
    }

    private void basics(String project, int cores) {
        set("spark.master", "local[*]", "no cluster is named, so all cores of this machine are used");
        set("spark.app.name", "odibi-" + project, "names the project wherever Spark shows it");
        set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension", "Delta needs it");
        set(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "tables of the catalog may be Delta tables");
        set("spark.sql.session.timeZone", "UTC", "results do not depend on the machine's time zone");
        if (localCores(cores).isPresent()) {
            set("spark.driver.bindAddress", "127.0.0.1", "nothing outside this machine talks to a local Spark");
            set("spark.driver.host", "127.0.0.1", "nothing outside this machine talks to a local Spark");
        }
    }

    private void speed(int cores) {
        localCores(cores).ifPresent(local -> {
            set(
                    "spark.sql.shuffle.partitions",
                    String.valueOf(local),
                    "one for each core; a checkpoint keeps the number of its first start");
            set("spark.databricks.delta.snapshotPartitions", "1", "the state of a Delta table on one machine is small");
        });
        set("spark.databricks.delta.snapshotPartitions", "4", "the state of most Delta tables is small");
        set("spark.scheduler.mode", "FAIR", "each query has a pool of its own, so a heavy one does not hold up others");
        set("spark.ui.enabled", "false", "the page of Spark shows plans and listens on a port");
    }

    private void safety() {
        set(
                "spark.sql.streaming.stopActiveRunOnRestart",
                "false",
                "a second start of a query is an error and does not stop the first");
        set("spark.sql.streaming.stopTimeout", "5s", "a query that ignores its interruption is told as such");
        set("spark.sql.variable.substitute", "false", "SQL cannot read the environment or credentials through ${..}");
        set("spark.redaction.regex", "(?i)" + SECRET_NAMES, "credentials do not show in Spark's own output");
        set(
                "spark.sql.redaction.options.regex",
                "(?i)url|" + SECRET_NAMES,
                "credentials do not show in Spark's own output");
    }

    private void set(String name, String value, String why) {
        boolean known = given.containsKey(name)
                || chosen.stream().anyMatch(one -> one.name().equals(name));
        if (!known) {
            chosen.add(new EngineDefault(name, value, why));
        }
    }

    private Optional<Integer> localCores(int cores) {
        Matcher local =
                LOCAL.matcher(given.getOrDefault("spark.master", "local[*]").strip());
        if (!local.matches()) {
            return Optional.empty();
        }
        String count = local.group(1);
        if (count == null) {
            return Optional.of(1);
        }
        return Optional.of(count.equals("*") ? cores : Math.max(1, Integer.parseInt(count)));
    }
}
