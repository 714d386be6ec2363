package io.odibi.config.yaml;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Objects;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in a person's words what the parser found, which speaks of tokens and scanners. */
final class SyntaxFault {

    /** Which of its two places the parser's fault is told at. */
    private enum Place {
        PROBLEM,
        CONTEXT
    }

    private record Explanation(String context, String problem, Place place, String message, String fix) {
        boolean fits(String inContext, String found) {
            return inContext.contains(context) && found.contains(problem);
        }
    }

    /** The first that fits holds. */
    private static final List<Explanation> EXPLANATIONS = List.of(
            new Explanation(
                    "", "\\t(TAB)", Place.PROBLEM, "a tab stands where YAML wants spaces", "indent with spaces"),
            new Explanation(
                    "", "tab character", Place.PROBLEM, "a tab stands where YAML wants spaces", "indent with spaces"),
            new Explanation(
                    "",
                    "mapping values are not allowed",
                    Place.PROBLEM,
                    "a ':' stands where no value can begin",
                    "quote text that holds ': ', and indent keys of one mapping alike"),
            new Explanation(
                    "quoted scalar",
                    "end of stream",
                    Place.CONTEXT,
                    "a quote is opened and never closed",
                    "close the quote"),
            new Explanation(
                    "quoted scalar",
                    "unexpected document separator",
                    Place.CONTEXT,
                    "a quote is opened and never closed",
                    "close the quote"),
            new Explanation(
                    "",
                    "could not find expected ':'",
                    Place.CONTEXT,
                    "a ':' is missing after this key",
                    "write 'key: value', or indent the line if it goes on with the text above"),
            new Explanation(
                    "double-quoted scalar",
                    "escape",
                    Place.PROBLEM,
                    "a backslash in double quotes starts an escape that YAML does not know",
                    "use single quotes, or double the backslash"),
            new Explanation(
                    "flow sequence",
                    "expected ',' or ']'",
                    Place.CONTEXT,
                    "a '[' is opened and never closed",
                    "close it with ']', with ',' between its items"),
            new Explanation(
                    "flow mapping",
                    "expected ',' or '}'",
                    Place.CONTEXT,
                    "a '{' is opened and never closed",
                    "close it with '}', with ',' between its entries"),
            new Explanation(
                    "flow",
                    "",
                    Place.CONTEXT,
                    "a '[' or '{' is opened and never closed",
                    "close it, with ',' between its items"),
            new Explanation(
                    "block mapping",
                    "but found ':'",
                    Place.PROBLEM,
                    "a key is missing before ':'",
                    "write the key, or quote the text"),
            new Explanation(
                    "block mapping",
                    "expected <block end>",
                    Place.PROBLEM,
                    "the line is indented unlike the keys above it",
                    "start the keys of one mapping in one column"),
            new Explanation(
                    "block collection",
                    "expected <block end>",
                    Place.PROBLEM,
                    "the line is indented unlike the list above it",
                    "start the items of one list in one column"),
            new Explanation(
                    "",
                    "sequence entries are not allowed",
                    Place.PROBLEM,
                    "a '-' stands where no list can begin",
                    "put the list on lines of its own, below its key"),
            new Explanation(
                    "block scalar",
                    "",
                    Place.PROBLEM,
                    "text stands on the line of a '|' or '>'",
                    "start the text on the next line, indented"),
            new Explanation(
                    "",
                    "cannot start any token",
                    Place.PROBLEM,
                    "text cannot start with this character",
                    "put the text in quotes"),
            new Explanation("alias", "", Place.PROBLEM, "text cannot start with '*' or '&'", "put the text in quotes"),
            new Explanation("anchor", "", Place.PROBLEM, "text cannot start with '*' or '&'", "put the text in quotes"),
            new Explanation("tag", "", Place.PROBLEM, "text cannot start with '!'", "put the text in quotes"),
            new Explanation("directive", "", Place.PROBLEM, "a line cannot start with '%'", "put the text in quotes"));

    private SyntaxFault() {}

    static Finding explain(String file, MarkedYAMLException fault) {
        String context = Objects.requireNonNullElse(fault.getContext(), "");
        String problem = Objects.requireNonNullElse(fault.getProblem(), "");
        Mark problemMark = fault.getProblemMark();
        Mark contextMark = Objects.requireNonNullElse(fault.getContextMark(), problemMark);
        return EXPLANATIONS.stream()
                .filter(explanation -> explanation.fits(context, problem))
                .findFirst()
                .map(found -> Finding.of(
                                FindingCode.CONFIG_SYNTAX,
                                position(file, found.place() == Place.CONTEXT ? contextMark : problemMark),
                                found.message())
                        .fix(found.fix()))
                .orElseGet(() -> Finding.of(
                                FindingCode.CONFIG_SYNTAX,
                                position(file, problemMark),
                                "the file stops being YAML here")
                        .fix("compare the line and the one above it with a file that works"));
    }

    private static Position position(String file, Mark mark) {
        return mark == null ? Position.ofFile(file) : new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
