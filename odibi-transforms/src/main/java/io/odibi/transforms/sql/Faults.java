package io.odibi.transforms.sql;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.port.StepException;
import io.odibi.core.text.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.trees.SQLQueryContext;
import scala.collection.JavaConverters;

/**
 * Makes a finding of what Spark says about a text. Of Spark's own words only the first line is kept: what follows is a plan, and a
 * plan shows options of sources, passwords among them.
 */
final class Faults {

    private static final String DEEP = "the text is nested too deeply";
    private static final int LONGEST = 300;
    private static final List<String> KEYWORDS = List.of(
            "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "JOIN", "UNION", "WITH", "LIMIT", "BETWEEN",
            "WINDOW");

    private Faults() {}

    /** Returns what to tell of a failed parse of one text. */
    static StepException ofParse(Throwable thrown, SqlText text) {
        return of(thrown, List.of(text), text.start());
    }

    /**
     * Returns what to tell of a failed analysis.
     *
     * @param texts the texts that were analysed together
     * @param otherwise the place to name where Spark names none
     */
    static StepException of(Throwable thrown, List<SqlText> texts, Position otherwise) {
        if (thrown instanceof StepException told) {
            return told;
        }
        if (thrown instanceof StackOverflowError) {
            return new StepException(Finding.of(FindingCode.SQL_SYNTAX, otherwise, DEEP));
        }
        if (thrown instanceof AnalysisException first) {
            AnalysisException refused = SchemaFaults.sharpen(first, texts);
            return new StepException(
                    explain(refused, texts, place(refused, texts).orElse(otherwise)), refused);
        }
        if (thrown instanceof SparkThrowable) {
            return new StepException(
                    Finding.of(FindingCode.SQL_ANALYSIS, otherwise, clean(String.valueOf(thrown.getMessage()))),
                    thrown);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        throw thrown instanceof RuntimeException bug ? bug : new IllegalStateException(thrown);
    }

    private static Optional<Position> place(AnalysisException refused, List<SqlText> texts) {
        int line = Catalyst.whole(refused.line(), 1);
        int column = Catalyst.whole(refused.startPosition(), 0);
        Optional<String> said = textOf(refused);
        if (said.isEmpty()) {
            return texts.size() == 1 ? Optional.of(texts.get(0).at(line, column)) : Optional.empty();
        }
        Optional<SqlText> whole =
                texts.stream().filter(text -> text.sql().equals(said.get())).findFirst();
        return whole.or(() -> texts.stream()
                        .filter(text -> text.sql().contains(said.get()))
                        .findFirst())
                .map(text -> within(text, text.sql().indexOf(said.get()), line, column));
    }

    /** A schema in a literal of the text is parsed as a text of its own. */
    private static Position within(SqlText text, int index, int line, int column) {
        String before = text.sql().substring(0, index);
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        int shift = index - before.lastIndexOf('\n') - 1;
        return text.at(lines + line, line == 1 ? shift + column : column);
    }

    /** Spark names the whole statement for some faults of one column. */
    private static Optional<Position> placeOf(String expression, List<SqlText> texts) {
        Matcher found = Pattern.compile("(?<![\\w.])" + Pattern.quote(expression) + "(?!\\w)")
                .matcher(texts.size() == 1 ? texts.get(0).sql() : "");
        return found.find() ? Optional.of(within(texts.get(0), found.start(), 1, 0)) : Optional.empty();
    }

    private static Optional<String> textOf(AnalysisException refused) {
        if (refused instanceof ParseException parse && parse.command().isDefined()) {
            return Optional.of(parse.command().get());
        }
        return Arrays.stream(refused.getQueryContext())
                .filter(SQLQueryContext.class::isInstance)
                .map(context -> ((SQLQueryContext) context).sqlText())
                .filter(scala.Option::isDefined)
                .map(scala.Option::get)
                .findFirst();
    }

    private static Finding explain(AnalysisException refused, List<SqlText> texts, Position at) {
        String error = Optional.ofNullable(refused.getErrorClass()).orElse("");
        Map<String, String> told = refused.getMessageParameters();
        if (error.startsWith("UNRESOLVED_COLUMN")) {
            return unknownName("column", told.getOrDefault("objectName", ""), told.getOrDefault("proposal", ""), at);
        }
        return switch (error) {
            case "FIELD_NOT_FOUND" ->
                unknownName("field", told.getOrDefault("fieldName", ""), told.getOrDefault("fields", ""), at);
            case "UNRESOLVED_ROUTINE" -> unknownFunction(told.getOrDefault("routineName", ""), at);
            case "PARSE_SYNTAX_ERROR" -> syntax(told, wordBefore(refused, texts), at);
            case "PARSE_EMPTY_STATEMENT" -> Finding.of(FindingCode.SQL_SYNTAX, at, "there is no SQL here");
            case "MISSING_AGGREGATION" ->
                Finding.of(
                                FindingCode.SQL_ANALYSIS,
                                placeOf(plain(told.getOrDefault("expression", "")), texts)
                                        .orElse(at),
                                quote(told.getOrDefault("expression", "")) + " is neither grouped nor aggregated")
                        .fix("add it to GROUP BY, or take "
                                + plain(told.getOrDefault("expressionAnyValue", "any_value")));
            default ->
                Finding.of(
                        refused instanceof ParseException ? FindingCode.SQL_SYNTAX : FindingCode.SQL_ANALYSIS,
                        at,
                        clean(refused.message()));
        };
    }

    private static Finding unknownName(String kind, String quotedName, String quotedKnown, Position at) {
        String name = plain(quotedName);
        List<String> known = Arrays.stream(quotedKnown.split(", ", -1))
                .map(Faults::plain)
                .filter(candidate -> !candidate.isEmpty())
                .toList();
        Finding finding = Finding.of(FindingCode.SQL_UNKNOWN_COLUMN, at, "unknown " + kind + " '" + name + "'");
        if (known.isEmpty()) {
            return finding;
        }
        List<String> comparable = name.contains(".")
                ? known
                : known.stream().map(Faults::lastPart).toList();
        return finding.allow(String.join(", ", known)).suggest(name, comparable);
    }

    private static Finding unknownFunction(String quotedName, Position at) {
        String name = plain(quotedName);
        List<String> known = JavaConverters.setAsJavaSet(FunctionRegistry.functionSet()).stream()
                .map(FunctionIdentifier::funcName)
                .sorted()
                .toList();
        return Finding.of(FindingCode.SQL_ANALYSIS, at, "unknown function '" + name + "'")
                .suggest(name, known);
    }

    private static Finding syntax(Map<String, String> told, String before, Position at) {
        String said = told.getOrDefault("error", "").replace("'", "");
        String word = said.equals("`" + SqlText.FRAME_NAME + "`") ? SqlText.FRAME_PLACEHOLDER : said;
        String message = word.equals("end of input") ? "the text ends too early" : "cannot read SQL at '" + word + "'";
        Finding finding = Finding.of(FindingCode.SQL_SYNTAX, at, message);
        String hint = told.getOrDefault("hint", "").replaceFirst("^:\\s*", "");
        if (hint.startsWith("missing")) {
            return finding.hint(hint);
        }
        Finding suggested = finding.suggest(word, KEYWORDS);
        return suggested.equals(finding) && isWord(before) ? finding.suggest(before, KEYWORDS) : suggested;
    }

    /** A mistyped keyword is often read as a name, and the fault found at the word behind it. */
    private static String wordBefore(AnalysisException refused, List<SqlText> texts) {
        if (texts.size() != 1) {
            return "";
        }
        List<String> lines = texts.get(0).sql().lines().toList();
        int line = Catalyst.whole(refused.line(), 1);
        StringBuilder before = new StringBuilder();
        for (int i = 0; i < line && i < lines.size(); i++) {
            String whole = lines.get(i);
            int end = i == line - 1 ? Catalyst.whole(refused.startPosition(), 0) : whole.length();
            before.append(whole, 0, Math.min(end, whole.length())).append(' ');
        }
        String[] words = before.toString().strip().split("\\W+", -1);
        return words[words.length - 1];
    }

    private static boolean isWord(String word) {
        return word.length() > 2 && !KEYWORDS.contains(word.toUpperCase(Locale.ROOT));
    }

    private static String clean(String message) {
        String line = message.lines().findFirst().orElse("");
        String words = line.replaceFirst("^\\[[A-Z0-9_.]+] ?", "")
                .replaceFirst("; line \\d+ pos \\d+.*$", "")
                .replaceFirst("\\s*SQLSTATE: \\w+\\s*$", "")
                .replaceFirst("[.;:]\\s*$", "")
                .replaceFirst("\\(line \\d+, pos \\d+\\)\\s*$", "")
                .replace("`.`", ".")
                .replace('`', '\'')
                .replace('"', '\'');
        String told = words.contains("org.apache.") || words.contains("java.") ? "the engine refuses this SQL" : words;
        return told.length() > LONGEST ? told.substring(0, LONGEST) + "..." : told;
    }

    private static String quote(String name) {
        return "'" + plain(name) + "'";
    }

    private static String plain(String name) {
        return name.replace("`", "").replace("\"", "").strip();
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
