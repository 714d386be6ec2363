package io.odibi.monitoring.channel;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The members of a JSON object, by their types; what is absent is not written. */
final class Members {

    private final Map<String, Object> members;

    Members() {
        this(new LinkedHashMap<>());
    }

    Members(Map<String, Object> members) {
        this.members = members;
    }

    Map<String, Object> asMap() {
        return members;
    }

    Members put(String name, Object value) {
        members.put(name, value);
        return this;
    }

    Members put(String name, Optional<?> value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    Members put(String name, OptionalLong value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    Members put(String name, OptionalDouble value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    Optional<String> text(String name) throws IOException {
        return find(name, String.class);
    }

    String needText(String name) throws IOException {
        return text(name).orElseThrow(() -> missing(name));
    }

    OptionalLong number(String name) throws IOException {
        Optional<Long> found = find(name, Long.class);
        return found.isPresent() ? OptionalLong.of(found.get()) : OptionalLong.empty();
    }

    long needNumber(String name) throws IOException {
        return number(name).orElseThrow(() -> missing(name));
    }

    OptionalDouble fraction(String name) throws IOException {
        Optional<Number> found = find(name, Number.class);
        return found.isPresent() ? OptionalDouble.of(found.get().doubleValue()) : OptionalDouble.empty();
    }

    boolean truth(String name) throws IOException {
        return find(name, Boolean.class).orElse(false);
    }

    Optional<Duration> millis(String name) throws IOException {
        OptionalLong found = number(name);
        return found.isPresent() ? Optional.of(Duration.ofMillis(found.getAsLong())) : Optional.empty();
    }

    Optional<Instant> time(String name) throws IOException {
        try {
            return text(name).map(Instant::parse);
        } catch (DateTimeException other) {
            throw new IOException("'" + name + "' is not a time", other);
        }
    }

    Instant needTime(String name) throws IOException {
        return time(name).orElseThrow(() -> missing(name));
    }

    Optional<Members> object(String name) throws IOException {
        return find(name, Map.class).map(Members::ofMap);
    }

    Members needObject(String name) throws IOException {
        return object(name).orElseThrow(() -> missing(name));
    }

    List<Members> objects(String name) throws IOException {
        return find(name, List.class).map(Members::ofList).orElse(List.of());
    }

    private static Members ofMap(Map<?, ?> map) {
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(name), value));
        return new Members(members);
    }

    private static List<Members> ofList(List<?> list) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(item -> ofMap((Map<?, ?>) item))
                .toList();
    }

    private <T> Optional<T> find(String name, Class<T> type) throws IOException {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IOException("'" + name + "' is of another type");
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private static IOException missing(String name) {
        return new IOException("'" + name + "' is missing");
    }
}
