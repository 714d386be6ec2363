package io.odibi.transforms.sql;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One pass over a SQL text, with the token borders of Spark's lexer: strings (also raw ones), quoted identifiers, comments (nested
 * ones too) and hints, which are code.
 */
final class SqlScanner {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[ \\t]*(\\w+)[ \\t]*}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}\\n]*}");

    /** Deeper nesting takes Spark's parser minutes, and then its stack. */
    private static final int DEEPEST = 200;

    private final Scalar source;
    private final String text;
    private final StringBuilder sql;
    private final Set<Integer> frameMarks = new HashSet<>();
    private final List<Finding> faults = new ArrayList<>();
    private int at;
    private int depth;
    private boolean ended;
    private boolean secondTold;

    SqlScanner(Scalar source) {
        this.source = source;
        this.text = source.text();
        this.sql = new StringBuilder(text);
    }

    SqlText scan() {
        while (at < text.length()) {
            int before = at;
            if (text.startsWith("--", at)) {
                lineComment();
            } else if (text.startsWith("/*", at) && !text.startsWith("/*+", at)) {
                blockComment();
            } else {
                token();
            }
            if (at <= before) {
                throw new IllegalStateException("scanner stands still at " + at);
            }
        }
        return new SqlText(source, sql.toString(), frameMarks, faults);
    }

    private void token() {
        char c = text.charAt(at);
        if (ended && !secondTold && !Character.isWhitespace(c) && c != ';') {
            secondTold = true;
            faults.add(Finding.of(FindingCode.SQL_NOT_ALLOWED, position(at), "only one statement may stand here")
                    .fix("make each statement a step of its own"));
        }
        if (c == '\'' || c == '"') {
            string(c);
        } else if (c == '`') {
            quotedIdentifier();
        } else if (c == '$' && variable()) {
            return;
        } else if (c == '{' && placeholder()) {
            return;
        } else {
            ended = ended || c == ';';
            nest(c);
            at++;
        }
    }

    private void nest(char c) {
        if (c == '(' || c == '[') {
            depth++;
            if (depth == DEEPEST + 1) {
                faults.add(Finding.of(FindingCode.SQL_SYNTAX, position(at), "the text is nested too deeply")
                        .allow("at most " + DEEPEST + " brackets in each other"));
            }
        } else if (c == ')' || c == ']') {
            depth--;
        }
    }

    private void lineComment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at += text.startsWith("\\\n", at) ? 2 : 1;
        }
    }

    private void blockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at) && !text.startsWith("/*+", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private void string(char quote) {
        boolean raw = isRaw();
        int from = at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += !raw && text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
        Matcher variable = VARIABLE.matcher(text).region(from, at);
        while (variable.find()) {
            unfilled(variable);
        }
    }

    private boolean isRaw() {
        return at > 0
                && (text.charAt(at - 1) == 'r' || text.charAt(at - 1) == 'R')
                && (at == 1 || !isNamePart(text.charAt(at - 2)));
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private void quotedIdentifier() {
        int close = text.indexOf('`', at + 1);
        at = close < 0 ? text.length() : close + 1;
    }

    private boolean variable() {
        Matcher variable = VARIABLE.matcher(text).region(at, text.length());
        if (!variable.lookingAt()) {
            return false;
        }
        unfilled(variable);
        at = variable.end();
        return true;
    }

    private void unfilled(Matcher variable) {
        faults.add(Finding.of(
                        FindingCode.SQL_NOT_ALLOWED,
                        position(variable.start()),
                        "'" + variable.group() + "' has no place in SQL")
                .why("Odibi fills in variables before SQL is read, and the engine fills in none")
                .fix("define the variable in the project, or take it out"));
    }

    private boolean placeholder() {
        Matcher placeholder = PLACEHOLDER.matcher(text).region(at, text.length());
        if (!placeholder.lookingAt()) {
            return false;
        }
        String name = placeholder.group(1);
        if (name.equals(SqlText.FRAME_NAME)) {
            frameMarks.add(text.codePointCount(0, at));
            String quoted = "`" + SqlText.FRAME_NAME + "`";
            sql.replace(at, placeholder.end(), quoted + " ".repeat(placeholder.end() - at - quoted.length()));
        } else {
            faults.add(Finding.of(
                            FindingCode.SQL_SYNTAX, position(at), "unknown placeholder '" + placeholder.group() + "'")
                    .allow("{input}")
                    .fix("write a named input without braces: " + name));
        }
        at = placeholder.end();
        return true;
    }

    private Position position(int index) {
        int lineStart = text.lastIndexOf('\n', index - 1) + 1;
        int line = 1 + (int) text.chars().limit(index).filter(c -> c == '\n').count();
        return source.origin().locate(line, index - lineStart + 1);
    }
}
