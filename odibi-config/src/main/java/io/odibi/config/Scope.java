package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A place in the project while it is decoded: adds the path of keys to each finding.
 *
 * @param path the keys down to here, such as {@code pipelines[p].nodes[n].read}; empty at the top
 * @param findings takes what is wrong
 * @param told what is wrong and told already, so that nothing is told that only follows from it
 */
record Scope(String path, Findings findings, Told told) {

    /**
     * Faults that are told already.
     *
     * @param unresolved values with a missing variable
     * @param brokenConnections names of connections that cannot be used
     */
    record Told(Set<Position> unresolved, Set<String> brokenConnections) {}

    /** The scope of the value of {@code key}. */
    Scope in(String key) {
        return new Scope(path.isEmpty() ? key : path + "." + key, findings, told);
    }

    /** The scope of an item of the list {@code key}, by its name or number. */
    Scope in(String key, String item) {
        return in(key + "[" + item + "]");
    }

    /** This scope with findings of its own. */
    Scope apart() {
        return new Scope(path, new Findings(), told);
    }

    void report(Finding finding) {
        if (finding.code() == FindingCode.CONFIG_VALUE && told.unresolved().contains(finding.at())) {
            return;
        }
        if (path.isEmpty()) {
            findings.add(finding);
            return;
        }
        List<Finding.Note> notes = new ArrayList<>();
        notes.add(new Finding.Note(Finding.Label.AT, path));
        notes.addAll(finding.notes());
        findings.add(new Finding(finding.code(), finding.at(), finding.message(), notes));
    }

    /** Reads by a function that adds findings without a path. */
    <T> T reading(Function<Findings, T> read) {
        Findings found = new Findings();
        T value = read.apply(found);
        found.sorted().forEach(this::report);
        return value;
    }

    Settings salvage(SettingsDeclaration declaration, Mapping mapping) {
        return reading(found -> declaration.salvage(mapping, found));
    }

    /** Returns a value that has to be a mapping. */
    Optional<Mapping> mapping(ConfigValue value, String key, SettingsDeclaration declaration) {
        if (value instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        return reading(found -> ValueTypes.refuse(value, key, new TypeShape.Keys(declaration), found));
    }
}
