package io.odibi.config;

import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.text;

import io.odibi.core.describe.Storage;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.StepSpec;
import io.odibi.core.model.WriteMode;
import io.odibi.core.model.WriteSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The step {@code merge} of the Python original, which writes: it becomes the node's write, so that a stream has its checkpoint and its
 * guarantee, and the plan tells where the node writes.
 */
final class MergeKeys {

    /** What the step is called. */
    static final String NAME = "merge";

    /** The format that it writes. */
    static final String FORMAT = "delta";

    private static final Setting<Located<String>> TARGET = Setting.optional(
            "target",
            located(text("a table or path")),
            "The table or path in 'connection'; without 'connection', 'connection.table' or an absolute path");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "Merges rows into a Delta table, as 'write: {mode: upsert}' does; the last step of a node without 'write'",
            TARGET,
            DataKeys.CONNECTION,
            DataKeys.TABLE,
            DataKeys.PATH,
            WriteKeys.PARTITION_BY);

    private static final List<String> KEYS = List.of("keys", "merge_keys");

    private MergeKeys() {}

    /**
     * A node's steps, and the merge among them.
     *
     * @param others the steps that are none
     * @param merge the last one, if there is any
     * @param write what it becomes; empty if there is none, or if a fault was told
     */
    record Split(List<StepSpec> others, Optional<StepSpec> merge, Optional<WriteSpec> write) {}

    /** Where a merge writes. */
    private record Place(
            Optional<Located<String>> connection, Optional<Located<String>> table, Optional<Located<String>> path) {}

    /** Takes the merge out of a node's steps. */
    static Split split(List<StepSpec> written, Scope scope) {
        List<StepSpec> others = new ArrayList<>();
        List<StepSpec> merges = new ArrayList<>();
        written.forEach(step -> (step.type().value().equals(NAME) ? merges : others).add(step));
        if (merges.isEmpty()) {
            return new Split(others, Optional.empty(), Optional.empty());
        }
        StepSpec end = written.get(written.size() - 1);
        merges.stream().filter(merge -> !merge.equals(end)).forEach(merge -> scope.report(notLast(merge, end)));
        StepSpec merge = merges.get(merges.size() - 1);
        Optional<WriteSpec> write = read(merge, scope).filter(read -> merge.equals(end));
        return new Split(others, Optional.of(merge), write);
    }

    private static Finding notLast(StepSpec merge, StepSpec end) {
        return Finding.of(FindingCode.CONFIG_CONFLICT, merge.type().at(), "'merge' is not the last step")
                .why("it writes, and steps follow, such as the one at " + end.at())
                .fix(
                        "move it to the end of 'transform: {steps: [...]}', or make a node of its own of the steps that follow");
    }

    /** Says that a node writes by a merge and by {@code write:}. */
    static Finding besideWrite(StepSpec merge, Position write) {
        return Finding.of(
                        FindingCode.CONFIG_CONFLICT,
                        merge.type().at(),
                        "a node with 'merge' cannot have 'write' as well")
                .why("each of them writes, and the other is at " + write)
                .fix("keep 'merge', or keep 'write' and give it 'mode: upsert' and 'keys'");
    }

    private static Optional<WriteSpec> read(StepSpec merge, Scope scope) {
        Mapping given = Legacy.MERGE.strip(merge.settings(), scope);
        DataKeys.Parts parts = DataKeys.split(DECLARATION, given, scope);
        Optional<Place> place = place(merge, parts, scope);
        boolean hasKeys = KEYS.stream().anyMatch(key -> parts.format().find(key).isPresent());
        if (!hasKeys) {
            scope.report(Finding.of(FindingCode.CONFIG_MISSING_KEY, merge.type().at(), "'keys' of the merge is missing")
                    .why("without them no row is known again")
                    .fix("add 'keys: [id]' with the columns that say which row is which"));
        }
        boolean usable = hasKeys
                && place.flatMap(Place::connection)
                        .filter(name -> scope.told().brokenConnections().contains(name.value()))
                        .isEmpty();
        return place.filter(found -> usable)
                .map(found -> new WriteSpec(
                        found.connection(),
                        new Located<>(FORMAT, merge.type().at()),
                        found.table(),
                        found.path(),
                        Optional.of(new Located<>(WriteMode.UPSERT, merge.type().at())),
                        parts.settings().find(WriteKeys.PARTITION_BY).orElse(List.of()),
                        parts.format(),
                        merge.at()));
    }

    private static Optional<Place> place(StepSpec merge, DataKeys.Parts parts, Scope scope) {
        Optional<Located<String>> connection = parts.settings().find(DataKeys.CONNECTION);
        Optional<Located<String>> target = parts.settings().find(TARGET);
        Optional<Located<String>> table = parts.settings().find(DataKeys.TABLE);
        Optional<Located<String>> path = parts.settings().find(DataKeys.PATH);
        List<Located<String>> named = Stream.of(target, table, path)
                .flatMap(Optional::stream)
                .sorted((a, b) -> a.at().compareTo(b.at()))
                .toList();
        if (named.size() != 1) {
            boolean none = named.isEmpty();
            scope.report(Finding.of(
                            none ? FindingCode.CONFIG_MISSING_KEY : FindingCode.CONFIG_CONFLICT,
                            none ? merge.type().at() : named.get(1).at(),
                            none ? "'target' of the merge is missing" : "the merge has more than one target")
                    .allow("one of 'target', 'table' and 'path'"));
            return Optional.empty();
        }
        if (target.isEmpty()) {
            return Optional.of(new Place(connection, table, path));
        }
        return connection.isPresent() || Storage.isAbsolute(target.get().value())
                ? Optional.of(in(connection, target.get()))
                : inNamed(target.get(), scope);
    }

    /** A target that begins with its connection. */
    private static Optional<Place> inNamed(Located<String> target, Scope scope) {
        String text = target.value();
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1 || !Types.isName(text.substring(0, dot))) {
            scope.report(Finding.of(FindingCode.CONFIG_VALUE, target.at(), "'target' does not say its connection")
                    .allow("connection.table, connection.path, or an absolute path")
                    .fix("add 'connection' beside it"));
            return Optional.empty();
        }
        Located<String> connection = target.map(all -> all.substring(0, dot));
        return Optional.of(in(Optional.of(connection), target.map(all -> all.substring(dot + 1))));
    }

    private static Place in(Optional<Located<String>> connection, Located<String> target) {
        return looksLikePath(target.value())
                ? new Place(connection, Optional.empty(), Optional.of(target))
                : new Place(connection, Optional.of(target), Optional.empty());
    }

    private static boolean looksLikePath(String target) {
        return target.startsWith(".") || target.chars().anyMatch(c -> c == '/' || c == '\\' || c == ':');
    }
}
