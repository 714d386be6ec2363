package io.odibi.it.secrets;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A connector at work, or failing: one row of {@link SecretsIT}. Its connections and its pipeline, which has the case's name, are one file
 * of a project.
 */
final class SecretCase {

    private final String name;
    private final String yaml;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private final Set<Canary> canaries = new LinkedHashSet<>();

    private SecretCase(String name, String yaml) {
        this.name = name;
        this.yaml = yaml;
    }

    /** A case with the text of its file; secrets stand in it as variables. */
    static SecretCase of(String name, String yaml) {
        return new SecretCase(name, yaml);
    }

    /** Gives a variable that is no secret. */
    SecretCase with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Gives a secret that is the canary alone. */
    SecretCase secret(String variable, Canary canary) {
        return secret(variable, canary.text(), canary);
    }

    /** Gives a secret that has the canary in it. */
    SecretCase secret(String variable, String value, Canary canary) {
        canaries.add(canary);
        return with(variable, value);
    }

    /** Names what a secret becomes on its way, which is as good as the secret. */
    SecretCase hides(Canary canary) {
        canaries.add(canary);
        return this;
    }

    /** Says how a node ends: {@code done}, {@code failed} or {@code stopped}. */
    SecretCase ends(String node, String outcome) {
        outcomes.put(name + "." + node, outcome);
        return this;
    }

    String name() {
        return name;
    }

    String yaml() {
        return yaml;
    }

    Map<String, String> environment() {
        return environment;
    }

    Map<String, String> outcomes() {
        return outcomes;
    }

    Set<Canary> canaries() {
        return canaries;
    }

    @Override
    public String toString() {
        return name;
    }
}
