package io.odibi.config;

import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.text;

import io.odibi.core.model.ConnectionSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.TextOrigin;
import java.util.List;
import java.util.Optional;

/** One connection. */
final class ConnectionKeys {

    static final Setting<Located<String>> TYPE = Setting.required(
            "type", located(text("a connection type's name")), "The kind of system; its own settings stand beside");

    static final SettingsDeclaration DECLARATION = SettingsDeclaration.of("One connection", TYPE);

    private ConnectionKeys() {}

    /** Reads a connection; empty if a fault was told and what is left cannot be used. */
    static Optional<ConnectionSpec> read(Mapping.Entry entry, Scope scope) {
        Scalar key = new Scalar(entry.key(), entry.keyAt(), Scalar.Style.QUOTED, TextOrigin.at(entry.keyAt()));
        Optional<Located<String>> name = scope.reading(found -> Types.name().read(key, "a connection's name", found));
        return scope.mapping(entry.value(), entry.key(), DECLARATION).flatMap(written -> {
            Mapping mapping = Legacy.CONNECTION.strip(written, scope);
            Settings settings = scope.salvage(DECLARATION, only(mapping, true));
            return name.flatMap(valid -> settings.find(TYPE)
                    .map(type -> new ConnectionSpec(valid, type, only(mapping, false), entry.keyAt())));
        });
    }

    private static Mapping only(Mapping mapping, boolean ofLanguage) {
        List<Mapping.Entry> entries = mapping.entries().stream()
                .filter(entry -> TYPE.answersTo(entry.key()) == ofLanguage)
                .toList();
        return new Mapping(entries, mapping.at());
    }
}
