package io.odibi.it.matrix;

import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each format can do, and which test shows it.
 *
 * @param promises what the formats say of themselves
 * @param proofs what the tests say
 * @param unrun formats whose system no test can run, by the first name, each with the reason
 */
record FormatTable(List<Promise> promises, List<Proof> proofs, Map<String, String> unrun) {

    private static final String SOURCES = "../odibi-it/src/test/java/";

    /** What does not fit: promises that no test shows, and tests that show what nobody promises; empty if all is well. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        for (Promise promise : promises) {
            promise.uses().keySet().stream()
                    .filter(use -> !unrun.containsKey(promise.names().get(0)))
                    .filter(use -> proofs(promise, use).isEmpty())
                    .forEach(use -> gaps.add("no test shows '" + use.words() + "' of format " + names(promise)
                            + ": mark one with @Proves"));
        }
        proofs.stream()
                .filter(proof -> promises.stream()
                        .noneMatch(promise -> promise.names().contains(proof.format())
                                && promise.uses().containsKey(proof.use())))
                .forEach(proof -> gaps.add(proof.simpleType() + "." + proof.method() + " shows '"
                        + proof.use().words() + "' of format " + proof.format()
                        + ", which the format does not promise"));
        return gaps;
    }

    /** The part of {@code docs/formats.md} that is made of the tests. */
    String markdown() {
        return Stream.of(table(), legend(), reasons(), tests(), links()).collect(Collectors.joining("\n"));
    }

    private String table() {
        StringBuilder table = new StringBuilder("| format |");
        for (Use use : Use.values()) {
            table.append(' ').append(use.words().replace(": ", ":<br>")).append(" |");
        }
        table.append("\n|---|").append(":-:|".repeat(Use.values().length)).append('\n');
        for (Promise promise : promises) {
            table.append("| ").append(names(promise)).append(" |");
            for (Use use : Use.values()) {
                table.append(' ').append(cell(promise, use)).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private String cell(Promise promise, Use use) {
        Optional<Delivery> promised = promise.uses().get(use);
        if (promised == null) {
            return "·";
        }
        if (unrun.containsKey(promise.names().get(0))) {
            return "○";
        }
        String symbol = promised.map(delivery -> delivery.guarantee() == Guarantee.EXACTLY_ONCE ? "●" : "◐")
                .orElse("✓");
        return proofs(promise, use).stream()
                .findFirst()
                .map(proof -> "[" + symbol + "][" + proof.simpleType() + "]")
                .orElse(symbol);
    }

    private String legend() {
        String withoutTests = unrun.entrySet().stream()
                .map(format -> "○ promised, and run by no test: " + format.getValue() + ".\n")
                .collect(Collectors.joining());
        return "✓ can be done · ● each row once, whatever fails · ◐ each row once or more, after a failure ·"
                + " `·` refused before the start. Each sign leads to a test that shows it.\n"
                + "Names in one row are one implementation: a test of one of them stands for all.\n"
                + withoutTests;
    }

    private String reasons() {
        Map<String, TreeSet<String>> reasons = new LinkedHashMap<>();
        for (Promise promise : promises) {
            promise.uses().values().stream()
                    .flatMap(Optional::stream)
                    .map(delivery -> delivery.guarantee().words() + ": " + delivery.reason())
                    .forEach(reason -> reasons.computeIfAbsent(reason, none -> new TreeSet<>())
                            .add(names(promise)));
        }
        return reasons.entrySet().stream()
                .map(reason -> "- " + String.join(", ", reason.getValue()) + ": " + reason.getKey() + "\n")
                .collect(Collectors.joining("", "What the promise to a stream rests on:\n\n", ""));
    }

    private String tests() {
        Map<String, Map<String, List<String>>> tests = new LinkedHashMap<>();
        proofs.forEach(proof -> tests.computeIfAbsent(
                        "[" + proof.simpleType() + "][] | " + proof.sentence(), test -> new LinkedHashMap<>())
                .computeIfAbsent(proof.use().words(), use -> new ArrayList<>())
                .add(proof.format()));
        return tests.entrySet().stream()
                .map(test -> "| " + test.getKey() + " | " + shown(test.getValue()) + " |\n")
                .collect(Collectors.joining("", "| test | says | shows |\n|---|---|---|\n", ""));
    }

    /** Uses that are shown of the same formats, together. */
    private static String shown(Map<String, List<String>> uses) {
        Map<String, List<String>> byFormats = new LinkedHashMap<>();
        uses.forEach((use, formats) -> byFormats
                .computeIfAbsent(String.join(", ", new TreeSet<>(formats)), none -> new ArrayList<>())
                .add(use));
        return byFormats.entrySet().stream()
                .map(one -> one.getKey() + " (" + String.join(" · ", one.getValue()) + ")")
                .collect(Collectors.joining("; "));
    }

    private String links() {
        Map<String, String> links = new TreeMap<>();
        proofs.forEach(
                proof -> links.put(proof.simpleType(), SOURCES + proof.type().replace('.', '/') + ".java"));
        return links.entrySet().stream()
                .map(link -> "[" + link.getKey() + "]: " + link.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private List<Proof> proofs(Promise promise, Use use) {
        return proofs.stream()
                .filter(proof -> proof.use() == use && promise.names().contains(proof.format()))
                .toList();
    }

    private static String names(Promise promise) {
        return String.join(", ", promise.names());
    }
}
