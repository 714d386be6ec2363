package io.odibi.engine.upsert;

import io.delta.tables.DeltaMergeBuilder;
import io.odibi.engine.upsert.UpsertSpec.Strategy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a merge does with each row, as Delta takes it. */
final class MergeClauses {

    private final UpsertSpec spec;
    private final String[] columns;

    /** Makes the clauses of an upsert whose rows have these columns. */
    MergeClauses(UpsertSpec spec, String[] columns) {
        this.spec = spec;
        this.columns = columns.clone();
    }

    DeltaMergeBuilder on(DeltaMergeBuilder merge) {
        if (spec.strategy() == Strategy.DELETE_MATCH) {
            return spec.deleteWhen()
                    .map(condition -> merge.whenMatched(condition).delete())
                    .orElseGet(() -> merge.whenMatched().delete());
        }
        return inserts(spec.strategy() == Strategy.UPSERT ? updates(merge) : merge);
    }

    private DeltaMergeBuilder updates(DeltaMergeBuilder merge) {
        DeltaMergeBuilder deleting = spec.deleteWhen()
                .map(condition -> merge.whenMatched(condition).delete())
                .orElse(merge);
        var matched = spec.updateWhen().map(deleting::whenMatched).orElseGet(deleting::whenMatched);
        return spec.audit().created().isPresent()
                ? matched.updateExpr(allBut(spec.audit().created().get()))
                : matched.updateAll();
    }

    private Map<String, String> allBut(String kept) {
        return Arrays.stream(columns)
                .filter(column -> !column.equalsIgnoreCase(kept))
                .map(MergeClauses::whole)
                .collect(Collectors.toMap(column -> column, column -> "source." + column));
    }

    private DeltaMergeBuilder inserts(DeltaMergeBuilder merge) {
        return insertWhen()
                .map(condition -> merge.whenNotMatched(condition).insertAll())
                .orElseGet(() -> merge.whenNotMatched().insertAll());
    }

    /** A row that says that another goes is not added where that other never was. */
    private Optional<String> insertWhen() {
        Optional<String> notGone = spec.deleteWhen()
                .filter(condition -> !condition.toLowerCase(Locale.ROOT).contains("target."))
                .map(condition -> "NOT coalesce((" + condition + "), false)");
        return spec.insertWhen().isPresent() && notGone.isPresent()
                ? Optional.of("(" + spec.insertWhen().get() + ") AND " + notGone.get())
                : spec.insertWhen().or(() -> notGone);
    }

    private static String whole(String column) {
        return "`" + column.replace("`", "``") + "`";
    }
}
