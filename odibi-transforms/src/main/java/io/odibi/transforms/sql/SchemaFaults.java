package io.odibi.transforms.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/**
 * Finds the schema that a fault lies in: {@code from_json(x, 'a INT, b STRNG')}. Spark tells such a fault at the call, and tells why
 * the schema is no single type, which most are not meant to be.
 */
final class SchemaFaults {

    private static final Pattern LITERAL = Pattern.compile("'([^'\\\\]*)'|\"([^\"\\\\]*)\"");
    private static final SparkParser PARSER = new SparkParser();

    private SchemaFaults() {}

    /** Returns why the schema is no list of columns, with the schema as its text; the fault itself if it lies in no schema. */
    static AnalysisException sharpen(AnalysisException refused, List<SqlText> texts) {
        String error = refused.getErrorClass();
        if (error == null || !error.startsWith("PARSE_") || isOfText(refused, texts)) {
            return refused;
        }
        return texts.stream()
                .map(text -> LITERAL.matcher(text.sql()))
                .flatMap(Matcher::results)
                .map(literal -> literal.group(1) == null ? literal.group(2) : literal.group(1))
                .filter(schema -> failure(PARSER::parseDataType, schema)
                        .map(AnalysisException::getMessageParameters)
                        .equals(Optional.of(refused.getMessageParameters())))
                .findFirst()
                .flatMap(schema -> failure(PARSER::parseTableSchema, schema))
                .orElse(refused);
    }

    private static boolean isOfText(AnalysisException refused, List<SqlText> texts) {
        return refused instanceof ParseException parse
                && texts.stream().anyMatch(text -> parse.command().contains(text.sql()));
    }

    private static Optional<AnalysisException> failure(Consumer<String> parser, String text) {
        try {
            parser.accept(text);
            return Optional.empty();
        } catch (Exception refused) {
            return refused instanceof AnalysisException told ? Optional.of(told) : Optional.empty();
        }
    }
}
