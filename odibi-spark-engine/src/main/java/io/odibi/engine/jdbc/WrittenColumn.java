package io.odibi.engine.jdbc;

import io.odibi.engine.failure.LastingFaultException;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.spark.sql.execution.datasources.jdbc.JdbcUtils;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.apache.spark.sql.jdbc.JdbcType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * A column of what is written.
 *
 * @param name as the rows name it
 * @param kind how its values are handed on
 * @param type the type that it gets in a table that is created
 * @param nullType what a driver is told when there is no value
 */
record WrittenColumn(String name, ColumnKind kind, String type, int nullType) implements Serializable {

    /**
     * Returns the column for a field of the rows.
     *
     * @throws LastingFaultException if no column of a database holds such values
     */
    static WrittenColumn of(StructField field, SqlDialect dialect, String url) {
        ColumnKind kind = ColumnKind.of(field.dataType())
                .orElseThrow(() -> new LastingFaultException("a database has no column for '" + field.name()
                        + "' of type " + field.dataType().sql() + "; " + mend(field)));
        JdbcType type = JdbcUtils.getJdbcType(field.dataType(), JdbcDialects.get(url));
        String name = switch (kind) {
            case INSTANT -> dialect.instant();
            case LOCAL_TIME -> dialect.local();
            default -> type.databaseTypeDefinition();
        };
        return new WrittenColumn(field.name(), kind, name, type.jdbcNullType());
    }

    /** What a user does whose column no database holds. */
    static String mend(StructField field) {
        return switch (field.dataType().typeName()) {
            case "array", "map", "struct" ->
                "write it as text in a step: to_json(" + field.name() + ") AS " + field.name();
            case "void" -> "give it a type in a step: CAST(" + field.name() + " AS STRING) AS " + field.name();
            default -> "cast it in a step: CAST(" + field.name() + " AS STRING) AS " + field.name();
        };
    }

    /** Hands a value on. */
    void set(PreparedStatement to, int place, @Nullable Object value) throws SQLException {
        if (value == null) {
            to.setNull(place, nullType);
        } else {
            kind.set(to, place, value);
        }
    }
}
