package io.odibi.engine.formats;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import io.odibi.engine.upsert.AuditColumns;
import java.util.Optional;

/** The setting that names the columns in which an upsert notes when it wrote a row. */
final class AuditSetting {

    private static final Setting<String> CREATED = Setting.optional(
            "created_col", ValueTypes.text("a column"), "gets the time at which the row was added, and keeps it");
    private static final Setting<String> UPDATED = Setting.optional(
            "updated_col", ValueTypes.text("a column"), "gets the time at which the row was last written");

    static final Setting<AuditColumns> AUDIT_COLS = Setting.optional(
            "audit_cols",
            ValueTypes.keys(
                    SettingsDeclaration.of("Columns that say when a row was written", CREATED, UPDATED),
                    AuditSetting::columns),
            "for 'mode: upsert', columns of type TIMESTAMP that say when a row was written; what the rows have under these"
                    + " names is replaced");

    private AuditSetting() {}

    private static Optional<AuditColumns> columns(Settings written, Findings findings) {
        Optional<String> created = written.find(CREATED);
        Optional<String> updated = written.find(UPDATED);
        if (created.isPresent()
                && updated.filter(created.get()::equalsIgnoreCase).isPresent()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            written.at(UPDATED),
                            "'created_col' and 'updated_col' name one column")
                    .fix("name two, or only one of them"));
            return Optional.empty();
        }
        return Optional.of(new AuditColumns(created, updated));
    }
}
