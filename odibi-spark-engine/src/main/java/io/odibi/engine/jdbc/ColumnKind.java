package io.odibi.engine.jdbc;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/** How the values of a column are handed to a driver. */
enum ColumnKind {
    /** Text. */
    TEXT {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setString(place, (String) value);
        }
    },
    /** True or false. */
    TRUTH {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setBoolean(place, (Boolean) value);
        }
    },
    /** A whole number of at most 32 bits. */
    WHOLE {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setInt(place, ((Number) value).intValue());
        }
    },
    /** A whole number of 64 bits. */
    LONG {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setLong(place, (Long) value);
        }
    },
    /** A binary fraction of 32 bits. */
    FLOAT {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setFloat(place, (Float) value);
        }
    },
    /** A binary fraction of 64 bits. */
    DOUBLE {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setDouble(place, (Double) value);
        }
    },
    /** A decimal fraction. */
    DECIMAL {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setBigDecimal(place, (BigDecimal) value);
        }
    },
    /** A day. */
    DATE {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setDate(place, value instanceof LocalDate day ? Date.valueOf(day) : (Date) value);
        }
    },
    /** A point in time. */
    INSTANT {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setTimestamp(place, value instanceof Instant at ? Timestamp.from(at) : (Timestamp) value);
        }
    },
    /** A day with a time, of no time zone; not as a {@link Timestamp}, which has not every such time in every time zone. */
    LOCAL_TIME {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setObject(place, value);
        }
    },
    /** Bytes. */
    BYTES {
        @Override
        void set(PreparedStatement to, int place, Object value) throws SQLException {
            to.setBytes(place, (byte[]) value);
        }
    };

    /** Hands a value on that is not null. */
    abstract void set(PreparedStatement to, int place, Object value) throws SQLException;

    /** Returns the kind of values of a type of Spark; empty if databases have nothing that holds them. */
    static Optional<ColumnKind> of(DataType type) {
        if (type instanceof ByteType || type instanceof ShortType || type instanceof IntegerType) {
            return Optional.of(WHOLE);
        }
        if (type instanceof FloatType) {
            return Optional.of(FLOAT);
        }
        if (type instanceof DoubleType) {
            return Optional.of(DOUBLE);
        }
        return type instanceof LongType ? Optional.of(LONG) : ofOthers(type);
    }

    private static Optional<ColumnKind> ofOthers(DataType type) {
        if (type instanceof StringType) {
            return Optional.of(TEXT);
        }
        if (type instanceof BooleanType) {
            return Optional.of(TRUTH);
        }
        if (type instanceof DecimalType) {
            return Optional.of(DECIMAL);
        }
        if (type instanceof DateType) {
            return Optional.of(DATE);
        }
        if (type instanceof TimestampType) {
            return Optional.of(INSTANT);
        }
        if (type instanceof TimestampNTZType) {
            return Optional.of(LOCAL_TIME);
        }
        return type instanceof BinaryType ? Optional.of(BYTES) : Optional.empty();
    }
}
