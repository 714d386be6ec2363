package io.odibi.engine.frames;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.WatermarkSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Says why a watermark found no place: looks where its column came closest to being a timestamp. */
final class WatermarkSearch {

    /**
     * A place where a watermark could have been set.
     *
     * @param where in a reader's words
     * @param columns the columns there
     * @param isStream whether there are streaming rows there
     * @param keepsState whether state has been kept before it
     */
    record Place(String where, StructType columns, boolean isStream, boolean keepsState) {
        static Place of(String where, Dataset<Row> rows) {
            return new Place(where, rows.schema(), rows.isStreaming(), StatefulOperators.areIn(rows));
        }
    }

    private final WatermarkSpec spec;
    private final boolean caseSensitive;

    WatermarkSearch(WatermarkSpec spec, boolean caseSensitive) {
        this.spec = spec;
        this.caseSensitive = caseSensitive;
    }

    /** Returns the column of that name, the way Spark compares names. */
    static Optional<StructField> find(StructType columns, String name, boolean caseSensitive) {
        return Arrays.stream(columns.fields())
                .filter(field -> caseSensitive
                        ? field.name().equals(name)
                        : field.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * Returns why the watermark has no place.
     *
     * @param places where it was looked for, in order; at least one
     * @param otherInputs named inputs that have such a column
     */
    Finding refuse(List<Place> places, List<String> otherInputs) {
        return tooLate(places)
                .or(() -> wrongType(places))
                .or(() -> insideStruct(places))
                .orElseGet(() -> missing(places, otherInputs));
    }

    private Optional<Finding> tooLate(List<Place> places) {
        return places.stream().filter(this::isTimestamp).findFirst().map(place -> {
            if (!place.isStream()) {
                return finding("the rows " + place.where() + " are not a stream")
                        .fix("name the input that is a stream: 'watermark: {input: .., column: .., delay: ..}'");
            }
            return finding("it becomes a TIMESTAMP only " + place.where() + ", and that keeps state already")
                    .why("state that is made before the watermark never learns when it may forget")
                    .fix("derive '" + spec.column() + "' in a step of its own before");
        });
    }

    private Optional<Finding> wrongType(List<Place> places) {
        return last(places, place -> find(place.columns(), spec.column(), caseSensitive))
                .map(found -> {
                    String type = found.what().dataType().sql();
                    return finding("it is " + type + " " + found.where() + ", not TIMESTAMP")
                            .fix("cast it in a step: CAST(" + spec.column() + " AS TIMESTAMP)");
                });
    }

    private Optional<Finding> insideStruct(List<Place> places) {
        return last(places, place -> nested(place.columns(), spec.column()))
                .map(found -> finding("it exists only inside a struct, as '" + found.what() + "', " + found.where())
                        .fix("derive it in a step: CAST(" + found.what() + " AS TIMESTAMP) AS "
                                + spec.column().substring(spec.column().lastIndexOf('.') + 1)));
    }

    private Finding missing(List<Place> places, List<String> otherInputs) {
        Place end = places.get(places.size() - 1);
        List<String> known = Arrays.asList(end.columns().fieldNames());
        String where = places.size() == 1 ? end.where() : "after the read or any step";
        Finding finding = finding("there is no such column " + where)
                .allow(String.join(", ", known))
                .suggest(spec.column(), known);
        return otherInputs.isEmpty()
                ? finding
                : finding.hint("input '" + otherInputs.get(0) + "' has it: 'input: " + otherInputs.get(0) + "'");
    }

    private boolean isTimestamp(Place place) {
        return find(place.columns(), spec.column(), caseSensitive)
                .filter(field -> field.dataType().equals(DataTypes.TimestampType))
                .isPresent();
    }

    private Optional<String> nested(StructType columns, String name) {
        for (StructField field : columns.fields()) {
            if (field.dataType() instanceof StructType inner) {
                String wanted = name.substring(name.lastIndexOf('.') + 1);
                Optional<String> found = find(inner, wanted, caseSensitive)
                        .map(StructField::name)
                        .or(() -> nested(inner, wanted));
                if (found.isPresent()) {
                    return Optional.of(field.name() + "." + found.get());
                }
            }
        }
        return Optional.empty();
    }

    private record Found<T>(T what, String where) {}

    private static <T> Optional<Found<T>> last(List<Place> places, Function<Place, Optional<T>> look) {
        Optional<Found<T>> last = Optional.empty();
        for (Place place : places) {
            Optional<T> found = look.apply(place);
            if (found.isPresent()) {
                last = Optional.of(new Found<>(found.get(), place.where()));
            }
        }
        return last;
    }

    private Finding finding(String why) {
        return Finding.of(
                FindingCode.STREAM_WATERMARK_COLUMN, spec.at(), "watermark on '" + spec.column() + "': " + why);
    }
}
