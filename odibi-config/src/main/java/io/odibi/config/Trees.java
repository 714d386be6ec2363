package io.odibi.config;

import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Merges values that different files or environments give. Each keeps the place where it was written. */
final class Trees {

    private static final String PIPELINES = ProjectKeys.PIPELINES.name();

    /** The lists whose items have names, and the key of the name. */
    private static final Map<String, String> NAMED = Map.of(PIPELINES, "pipeline", "nodes", "name");

    private Trees() {}

    /** Lays a project over the files that it imports: mappings are merged, pipelines are added, all else is replaced. */
    static Mapping importing(Mapping below, Mapping above) {
        Map<String, Mapping.Entry> merged = index(below);
        for (Mapping.Entry entry : above.entries()) {
            Mapping.Entry other = merged.get(entry.key());
            if (other != null && entry.key().equals(PIPELINES)) {
                merged.put(entry.key(), append(other, entry));
            } else {
                merged.put(entry.key(), over(other, entry));
            }
        }
        return new Mapping(List.copyOf(merged.values()), above.at());
    }

    /** Lays an environment over a project: mappings are merged, pipelines and nodes by name, all else is replaced. */
    static Mapping overlay(Mapping below, Mapping above) {
        Map<String, Mapping.Entry> merged = index(below);
        for (Mapping.Entry entry : above.entries()) {
            Mapping.Entry other = merged.get(entry.key());
            String nameKey = NAMED.get(entry.key());
            if (other != null && nameKey != null) {
                ConfigValue items = byName(other.value(), entry.value(), nameKey);
                merged.put(entry.key(), new Mapping.Entry(entry.key(), other.keyAt(), items));
            } else {
                merged.put(entry.key(), over(other, entry));
            }
        }
        return new Mapping(List.copyOf(merged.values()), below.at());
    }

    /** Adds the items of one list to those of another. */
    static Mapping.Entry append(Mapping.Entry first, Mapping.Entry second) {
        List<ConfigValue> items = new ArrayList<>(Types.itemsOf(first.value()));
        items.addAll(Types.itemsOf(second.value()));
        return new Mapping.Entry(
                first.key(), first.keyAt(), new Sequence(items, first.value().at()));
    }

    static Map<String, Mapping.Entry> index(Mapping mapping) {
        Map<String, Mapping.Entry> byKey = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> byKey.put(entry.key(), entry));
        return byKey;
    }

    private static Mapping.Entry over(Mapping.@Nullable Entry other, Mapping.Entry entry) {
        if (other != null && other.value() instanceof Mapping below && entry.value() instanceof Mapping above) {
            return new Mapping.Entry(entry.key(), other.keyAt(), overlay(below, above));
        }
        return entry;
    }

    private static ConfigValue byName(ConfigValue below, ConfigValue above, String nameKey) {
        List<ConfigValue> items = new ArrayList<>(Types.itemsOf(below));
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            int place = i;
            name(items.get(i), nameKey).ifPresent(name -> places.putIfAbsent(name, place));
        }
        for (ConfigValue item : Types.itemsOf(above)) {
            Integer place = name(item, nameKey).map(places::get).orElse(null);
            if (place == null) {
                items.add(item);
            } else if (items.get(place) instanceof Mapping old && item instanceof Mapping change) {
                items.set(place, overlay(old, change));
            }
        }
        return new Sequence(items, below.at());
    }

    private static Optional<String> name(ConfigValue item, String nameKey) {
        return item instanceof Mapping mapping
                ? mapping.find(nameKey)
                        .flatMap(entry ->
                                entry.value() instanceof Scalar text ? Optional.of(text.text()) : Optional.empty())
                : Optional.empty();
    }
}
