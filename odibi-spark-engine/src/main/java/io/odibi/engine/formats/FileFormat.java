package io.odibi.engine.formats;

import java.util.Optional;

/**
 * A format of files that Spark reads and writes.
 *
 * @param name as the user and Spark write it
 * @param summary what it is
 * @param fixedSchema its columns, for a format that always has the same
 * @param reads what a read can say beside the options of all files
 * @param writes what a write can say beside the options of all files
 */
record FileFormat(
        String name, String summary, Optional<String> fixedSchema, EngineOptions reads, EngineOptions writes) {

    private static final String CSV_PAGE = "see spark.apache.org/docs/3.5.7/sql-data-sources-csv.html";
    private static final String JSON_PAGE = "see spark.apache.org/docs/3.5.7/sql-data-sources-json.html";
    private static final String TEXT_PAGE = "see spark.apache.org/docs/3.5.7/sql-data-sources-text.html";
    private static final String PARQUET_PAGE = "see spark.apache.org/docs/3.5.7/sql-data-sources-parquet.html";
    private static final String ORC_PAGE = "see spark.apache.org/docs/3.5.7/sql-data-sources-orc.html";
    private static final String AVRO_PAGE = "see spark.apache.org/docs/3.5.7/sql-data-sources-avro.html";

    static final FileFormat PARQUET = new FileFormat(
            "parquet",
            "Parquet files in a folder",
            Optional.empty(),
            new EngineOptions().verbatim(PARQUET_PAGE, "mergeSchema", "datetimeRebaseMode", "int96RebaseMode"),
            new EngineOptions().verbatim(PARQUET_PAGE, "compression"));

    static final FileFormat ORC = new FileFormat(
            "orc",
            "ORC files in a folder",
            Optional.empty(),
            new EngineOptions().verbatim(ORC_PAGE, "mergeSchema"),
            new EngineOptions().verbatim(ORC_PAGE, "compression"));

    static final FileFormat AVRO = new FileFormat(
            "avro",
            "Avro files in a folder; needs spark-avro on the class path",
            Optional.empty(),
            new EngineOptions()
                    .verbatim(
                            AVRO_PAGE,
                            "avroSchema",
                            "avroSchemaUrl",
                            "mode",
                            "positionalFieldMatching",
                            "datetimeRebaseMode",
                            "enableStableIdentifiersForUnionType"),
            new EngineOptions().verbatim(AVRO_PAGE, "avroSchema", "recordName", "recordNamespace", "compression"));

    static final FileFormat TEXT = new FileFormat(
            "text",
            "Text files in a folder, one row for each line",
            Optional.of("value STRING"),
            new EngineOptions().verbatim(TEXT_PAGE, "wholetext", "lineSep", "encoding"),
            new EngineOptions().verbatim(TEXT_PAGE, "lineSep", "compression", "encoding"));

    static final FileFormat JSON = new FileFormat(
            "json",
            "JSON files in a folder, one object for each line",
            Optional.empty(),
            new EngineOptions()
                    .verbatim(
                            JSON_PAGE,
                            "multiLine",
                            "mode",
                            "columnNameOfCorruptRecord",
                            "dateFormat",
                            "timestampFormat",
                            "timestampNTZFormat",
                            "timeZone",
                            "locale",
                            "encoding",
                            "lineSep",
                            "primitivesAsString",
                            "prefersDecimal",
                            "allowComments",
                            "allowUnquotedFieldNames",
                            "allowSingleQuotes",
                            "allowNumericLeadingZeros",
                            "allowNonNumericNumbers",
                            "allowBackslashEscapingAnyCharacter",
                            "allowUnquotedControlChars",
                            "dropFieldIfAllNull",
                            "samplingRatio",
                            "inferTimestamp",
                            "enableDateTimeParsingFallback"),
            new EngineOptions()
                    .verbatim(
                            JSON_PAGE,
                            "dateFormat",
                            "timestampFormat",
                            "timestampNTZFormat",
                            "timeZone",
                            "encoding",
                            "lineSep",
                            "compression",
                            "ignoreNullFields"));

    static final FileFormat CSV = new FileFormat(
            "csv",
            "CSV files in a folder",
            Optional.empty(),
            new EngineOptions()
                    .verbatim(
                            CSV_PAGE,
                            "header",
                            "sep",
                            "delimiter",
                            "quote",
                            "escape",
                            "comment",
                            "charToEscapeQuoteEscaping",
                            "inferSchema",
                            "mode",
                            "columnNameOfCorruptRecord",
                            "multiLine",
                            "encoding",
                            "charset",
                            "lineSep",
                            "nullValue",
                            "emptyValue",
                            "nanValue",
                            "positiveInf",
                            "negativeInf",
                            "dateFormat",
                            "timestampFormat",
                            "timestampNTZFormat",
                            "timeZone",
                            "locale",
                            "ignoreLeadingWhiteSpace",
                            "ignoreTrailingWhiteSpace",
                            "enforceSchema",
                            "preferDate",
                            "maxColumns",
                            "maxCharsPerColumn",
                            "unescapedQuoteHandling",
                            "samplingRatio",
                            "enableDateTimeParsingFallback"),
            new EngineOptions()
                    .verbatim(
                            CSV_PAGE,
                            "header",
                            "sep",
                            "delimiter",
                            "quote",
                            "quoteAll",
                            "escape",
                            "escapeQuotes",
                            "charToEscapeQuoteEscaping",
                            "encoding",
                            "lineSep",
                            "nullValue",
                            "emptyValue",
                            "dateFormat",
                            "timestampFormat",
                            "timestampNTZFormat",
                            "timeZone",
                            "ignoreLeadingWhiteSpace",
                            "ignoreTrailingWhiteSpace",
                            "compression"));
}
