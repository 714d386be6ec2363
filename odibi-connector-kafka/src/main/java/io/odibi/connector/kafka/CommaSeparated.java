package io.odibi.connector.kafka;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Several words: a list, or text with commas as Kafka itself writes them. A word that stands twice counts once. */
final class CommaSeparated implements ValueType<List<String>> {

    private final TypeShape item;
    private final Function<String, Optional<String>> complaint;

    /**
     * Makes the type.
     *
     * @param item what one word is
     * @param complaint says how to mend a word; empty for a good one
     */
    CommaSeparated(TypeShape item, Function<String, Optional<String>> complaint) {
        this.item = item;
        this.complaint = complaint;
    }

    @Override
    public Optional<List<String>> read(ConfigValue value, String key, Findings findings) {
        Findings own = new Findings();
        Set<String> words = new LinkedHashSet<>();
        items(value).forEach(one -> words(one, key, words, own));
        if (words.isEmpty() && !own.hasErrors()) {
            ValueTypes.refuse(value, key, shape(), own);
        }
        findings.addAll(own);
        return own.hasErrors() ? Optional.empty() : Optional.of(List.copyOf(words));
    }

    private static List<ConfigValue> items(ConfigValue value) {
        return value.fold(List::of, Sequence::items, List::of);
    }

    private void words(ConfigValue one, String key, Set<String> words, Findings findings) {
        if (!(one instanceof Scalar scalar) || scalar.isNothing()) {
            ValueTypes.refuse(one, key, shape(), findings);
            return;
        }
        Stream.of(scalar.text().split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .forEach(word -> {
                    complaint
                            .apply(word)
                            .ifPresent(mend -> findings.add(Finding.of(
                                            FindingCode.CONFIG_VALUE,
                                            scalar.at(),
                                            "'" + key + "' cannot hold '" + Words.shorten(word) + "'")
                                    .allow(item.words())
                                    .hint(mend)));
                    words.add(word);
                });
    }

    @Override
    public TypeShape shape() {
        return new TypeShape.AnyOf(List.of(
                new TypeShape.Text(item.words() + " (several: with commas between)", Optional.empty()),
                new TypeShape.ListOf(item)));
    }
}
