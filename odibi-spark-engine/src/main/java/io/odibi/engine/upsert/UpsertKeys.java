package io.odibi.engine.upsert;

import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.NeededColumn.Presence;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.WriteMode;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.List;

/** The settings that every upsert has, and what is asked of them. Loads no class of Spark. */
public final class UpsertKeys {

    /** Columns that say which row is which. */
    public static final Setting<List<String>> KEYS = Setting.optional(
                    "keys",
                    ValueTypes.list(ValueTypes.text("a column")),
                    "for 'mode: upsert', columns that say which row is which")
            .alias("merge_keys");

    /** The column that says which of rows with the same keys counts. */
    public static final Setting<String> ORDER_BY = Setting.optional(
            "order_by",
            ValueTypes.text("a column"),
            "for 'mode: upsert', of rows with one key in a batch the one with the greatest value here wins; without it they"
                    + " are refused");

    private UpsertKeys() {}

    /** Whether a write is an upsert, be it one that only adds. */
    public static boolean isUpsert(WriteRequest request) {
        return request.mode().map(Located::value).filter(WriteMode::isByKeys).isPresent();
    }

    /** Returns the columns that the settings name. */
    public static List<NeededColumn> columns(WriteRequest request) {
        Settings written = request.settings();
        List<NeededColumn> columns = new ArrayList<>();
        written.find(KEYS)
                .orElse(List.of())
                .forEach(key -> columns.add(needed(key, "'keys' names it", written.at(KEYS))));
        written.find(ORDER_BY)
                .ifPresent(column -> columns.add(needed(column, "'order_by' names it", written.at(ORDER_BY))));
        return columns;
    }

    /**
     * Whether what is written fits the mode; says so if it does not.
     *
     * @param ofUpserts settings that only an upsert has
     */
    public static boolean fit(WriteRequest request, List<Setting<?>> ofUpserts, Findings findings) {
        Settings written = request.settings();
        boolean hasKeys = !written.find(KEYS).orElse(List.of()).isEmpty();
        if (isUpsert(request)) {
            if (!hasKeys) {
                Located<WriteMode> mode = request.mode().orElseThrow();
                findings.add(Finding.of(
                                FindingCode.CONFIG_MISSING_KEY,
                                mode.at(),
                                "'mode: " + mode.value().word() + "' needs 'keys'")
                        .why("without them no row is known again")
                        .fix("add 'keys: [id]' with the columns that say which row is which"));
            }
            return hasKeys;
        }
        List<Setting<?>> lost =
                ofUpserts.stream().filter(one -> written.find(one).isPresent()).toList();
        lost.forEach(setting -> findings.add(
                Finding.of(FindingCode.CONFIG_CONFLICT, written.at(setting), "'" + setting + "' is for 'mode: upsert'")
                        .fix("add 'mode: upsert' to the write, or take it out")));
        return lost.isEmpty();
    }

    private static NeededColumn needed(String name, String why, Position at) {
        return new NeededColumn(name, List.of(), Presence.REQUIRED, why + ": make it in a step, or name another", at);
    }
}
