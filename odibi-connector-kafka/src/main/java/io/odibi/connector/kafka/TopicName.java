package io.odibi.connector.kafka;

import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names that Kafka allows a topic. */
final class TopicName {

    private static final String LETTERS = "[A-Za-z0-9._-]{1,249}";
    private static final Pattern ALLOWED = Pattern.compile(LETTERS);
    private static final TypeShape SHAPE = new TypeShape.Text(
            "a topic: letters, digits, '.', '_' and '-', at most 249", Optional.of("^" + LETTERS + "$"));

    private TopicName() {}

    /** One topic. */
    static ValueType<String> one() {
        return ValueTypes.parsed(SHAPE, text -> Optional.of(text.strip()).filter(TopicName::isAllowed));
    }

    /** One or more topics. */
    static ValueType<List<String>> several() {
        return new CommaSeparated(
                SHAPE,
                name -> isAllowed(name)
                        ? Optional.empty()
                        : Optional.of("topics that match a pattern are read with 'subscribePattern'"));
    }

    static boolean isAllowed(String name) {
        return ALLOWED.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }
}
