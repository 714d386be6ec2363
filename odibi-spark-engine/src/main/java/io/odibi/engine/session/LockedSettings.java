package io.odibi.engine.session;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Settings of Spark that a project must leave as they are, because promises of Odibi rest on them. */
public final class LockedSettings {

    private record Locked(String name, String refused, String why) {}

    private static final List<Locked> ALL = List.of(
            new Locked(
                    "spark.sql.streaming.unsupportedOperationCheck",
                    "false",
                    "without this check a stream gives wrong results instead of an error"),
            new Locked(
                    "spark.sql.streaming.stateStore.stateSchemaCheck",
                    "false",
                    "without this check a changed query reads old state as if it were new"),
            new Locked(
                    "spark.sql.streaming.statefulOperator.checkCorrectness.enabled",
                    "false",
                    "without this check a stream loses rows between two stateful steps"),
            new Locked(
                    "spark.sql.streaming.stopActiveRunOnRestart",
                    "true",
                    "a second start would silently stop the first query"),
            new Locked("spark.sql.variable.substitute", "true", "SQL could read the environment and credentials"));

    private LockedSettings() {}

    /**
     * Says which settings cannot stay as given.
     *
     * @param given settings by their full names
     */
    public static Findings check(Map<String, String> given) {
        Findings findings = new Findings();
        for (Locked locked : ALL) {
            String value = given.get(locked.name());
            if (value != null && value.strip().toLowerCase(Locale.ROOT).equals(locked.refused())) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_VALUE,
                                Position.NONE,
                                "'" + locked.name() + "' cannot be '" + locked.refused() + "'")
                        .why(locked.why())
                        .fix("take the setting out"));
            }
        }
        return findings;
    }
}
