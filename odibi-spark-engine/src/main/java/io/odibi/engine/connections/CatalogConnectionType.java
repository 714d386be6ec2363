package io.odibi.engine.connections;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.ConnectionRequest;
import io.odibi.core.describe.Options;
import io.odibi.core.finding.Findings;
import io.odibi.core.port.ConnectionType;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueType;
import io.odibi.core.settings.ValueTypes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code type: delta}, {@code unity_catalog}, {@code databricks}: the tables of a schema in one of Spark's catalogs. {@code table: events}
 * means {@code catalog.schema.events}. Which catalogs there are is the cluster's, or {@code spark:} of the project.
 */
final class CatalogConnectionType implements ConnectionType {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private static final Setting<String> SCHEMA =
            Setting.withDefault("schema", name(), "default", "the schema (database) of its tables, which has to exist");

    private final Setting<String> catalog;
    private final SettingsDeclaration settings;

    private CatalogConnectionType(Setting<String> catalog) {
        this.catalog = catalog;
        this.settings = SettingsDeclaration.of("Tables of a schema in a catalog of Spark", catalog, SCHEMA);
    }

    /** Returns the type whose catalog has to be named. */
    static CatalogConnectionType named() {
        return new CatalogConnectionType(Setting.required("catalog", name(), "the catalog"));
    }

    /** Returns the type whose catalog need not be named. */
    static CatalogConnectionType withDefault(String catalog) {
        return new CatalogConnectionType(Setting.withDefault("catalog", name(), catalog, "the catalog"));
    }

    private static ValueType<String> name() {
        return ValueTypes.parsed(
                new TypeShape.Text("a name of letters, digits, '_' and '-'", Optional.empty()),
                text -> Optional.of(text).filter(name -> NAME.matcher(name).matches()));
    }

    @Override
    public SettingsDeclaration settings() {
        return settings;
    }

    @Override
    public Optional<Connection> describe(ConnectionRequest request, Findings findings) {
        Settings written = request.settings();
        String namespace = quoted(written.get(catalog)) + "." + quoted(written.get(SCHEMA));
        return Optional.of(Connection.toCatalog(request.name(), request.type(), namespace, Options.none()));
    }

    /** Spark's parser takes a hyphen for a minus. */
    private static String quoted(String name) {
        return name.contains("-") || Character.isDigit(name.charAt(0)) ? "`" + name + "`" : name;
    }
}
