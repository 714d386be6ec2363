package io.odibi.cli;

import io.odibi.cli.demo.DemoException;
import io.odibi.cli.demo.EarthquakeFeed.Published;
import io.odibi.cli.text.Amounts;
import io.odibi.cli.text.Rows;
import io.odibi.cli.text.Rows.Align;
import io.odibi.core.Odibi;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.run.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What stands in the demo's table: counted by a batch project of Odibi's own, which writes a small file that is read here.
 *
 * @param byType the counts of each event type
 */
record Landed(SortedMap<String, Counts> byType) {

    private static final String PROJECT = "/io/odibi/cli/landed.yaml";

    /**
     * Counts of one event type.
     *
     * @param rows its rows
     * @param ids its different event ids
     */
    record Counts(long rows, long ids) {}

    /** Checks a project. */
    @FunctionalInterface
    interface Checker {
        CheckedPlan check(Odibi odibi, Path project, Map<String, String> variables);
    }

    /** Reads the table. */
    static Landed read(Odibi odibi, DemoFolder folder, Checker checker) throws InterruptedException {
        Path project = folder.scratch().resolve("landed.yaml");
        Path result = folder.scratch().resolve("counts");
        try (InputStream text = Landed.class.getResourceAsStream(PROJECT)) {
            if (text == null) {
                throw new DemoException("cannot read the table: the distribution is not whole");
            }
            Files.createDirectories(folder.scratch());
            Files.copy(text, project);
            Map<String, String> variables = Map.of("LAKE", folder.lake().toString(), "RESULT", result.toString());
            RunResult run = odibi.prepare(checker.check(odibi, project, variables), event -> {})
                    .await();
            run.nodes()
                    .forEach(node -> node.failure().ifPresent(failure -> {
                        throw new DemoException("cannot read the table: " + failure.message(), failure.cause());
                    }));
            return parse(result);
        } catch (IOException cause) {
            throw new DemoException("cannot read the table: " + cause.getMessage(), cause);
        }
    }

    private static Landed parse(Path result) throws IOException {
        SortedMap<String, Counts> byType = new TreeMap<>();
        List<Path> parts;
        try (Stream<Path> files = Files.list(result)) {
            parts = files.filter(file -> file.getFileName().toString().endsWith(".csv"))
                    .toList();
        }
        for (Path part : parts) {
            for (String line : Files.readAllLines(part)) {
                String[] cells = line.split(",", -1);
                byType.put(cells[0], new Counts(Long.parseLong(cells[1]), Long.parseLong(cells[2])));
            }
        }
        return new Landed(byType);
    }

    /** All rows. */
    long total() {
        return byType.values().stream().mapToLong(Counts::rows).sum();
    }

    /** All different ids; an id belongs to one type. */
    long distinct() {
        return byType.values().stream().mapToLong(Counts::ids).sum();
    }

    /** Whether the table has each published event once and nothing else. */
    boolean isExactly(Published published) {
        SortedMap<String, Counts> expected = new TreeMap<>();
        published.byType().forEach((type, events) -> expected.put(type, new Counts(events, events)));
        return byType.equals(expected);
    }

    /** Returns a table of what was published beside what landed. */
    List<String> compare(Published published) {
        Rows rows = new Rows(Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
        rows.add("event type", "published", "rows", "different ids");
        SortedSet<String> types = new TreeSet<>(byType.keySet());
        types.addAll(published.byType().keySet());
        for (String type : types) {
            Counts counts = byType.getOrDefault(type, new Counts(0, 0));
            rows.add(
                    type,
                    Amounts.number(published.byType().getOrDefault(type, 0L)),
                    Amounts.number(counts.rows()),
                    Amounts.number(counts.ids()));
        }
        rows.add("all", Amounts.number(published.total()), Amounts.number(total()), Amounts.number(distinct()));
        return new ArrayList<>(rows.lines());
    }
}
