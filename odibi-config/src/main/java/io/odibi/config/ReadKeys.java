package io.odibi.config;

import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.truth;

import io.odibi.core.model.Processing;
import io.odibi.core.model.ReadSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.Located;
import java.util.Optional;

/** {@code read:} of a node, and reads among its {@code inputs:}. */
final class ReadKeys {

    private static final Setting<Located<Boolean>> STREAMING = Setting.optional(
            "streaming",
            located(truth()),
            "Whether this read is a stream; by default a node's own read follows the node, and a named input is read in batch");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of(
            "What is read; the format's own settings stand here too",
            DataKeys.CONNECTION,
            DataKeys.FORMAT,
            DataKeys.TABLE,
            DataKeys.PATH,
            STREAMING,
            DataKeys.OPTIONS);

    private ReadKeys() {}

    /** Reads a read; empty if a fault was told and what is left cannot be used. */
    static Optional<ReadSpec> read(Mapping mapping, Scope scope) {
        DataKeys.Parts parts = DataKeys.split(DECLARATION, Legacy.READ.strip(mapping, scope), scope);
        if (!parts.usable(scope)) {
            return Optional.empty();
        }
        return Optional.of(new ReadSpec(
                parts.settings().find(DataKeys.CONNECTION),
                parts.settings().get(DataKeys.FORMAT),
                parts.settings().find(DataKeys.TABLE),
                parts.settings().find(DataKeys.PATH),
                parts.settings()
                        .find(STREAMING)
                        .map(streaming -> streaming.map(yes -> yes ? Processing.STREAMING : Processing.BATCH)),
                parts.format(),
                mapping.at()));
    }
}
