package io.odibi.cli.report;

import io.odibi.cli.text.Json;
import io.odibi.cli.text.Style;
import io.odibi.cli.text.Style.Look;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingText;
import io.odibi.core.finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Findings for a terminal and for a machine. */
public final class FindingsReport {

    private static final Pattern NOTE = Pattern.compile("( {4}[a-z]{2,5} +)(.*)");
    private static final Pattern HEAD = Pattern.compile("(.*) (\\[[A-Z_]+])");
    private static final String WARNING = "warning: ";

    private final List<Finding> findings;

    /** Makes the report of findings, in the order given. */
    public FindingsReport(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** Returns the text form in colours, or as it is for the plain style. */
    public String text(Style style) {
        StringBuilder text = new StringBuilder();
        FindingText plain = new FindingText();
        for (Finding finding : findings) {
            plain.render(List.of(finding))
                    .lines()
                    // Each ends with its own count, which only the whole has a use for.
                    .filter(line -> line.startsWith(" ") || HEAD.matcher(line).matches())
                    .map(line -> paint(line, finding.isError(), style))
                    .forEach(line -> text.append(line).append('\n'));
        }
        if (!findings.isEmpty()) {
            text.append(style.paint(Look.STRONG, plain.summary(findings))).append('\n');
        }
        return text.toString();
    }

    /** Whether nothing keeps the project from running. */
    public boolean isValid() {
        return findings.stream().noneMatch(Finding::isError);
    }

    /** Adds {@code valid}, {@code findings} and {@code summary} to an object. */
    public void write(Json json) {
        json.truth("valid", isValid());
        json.objects("findings", findings, FindingsReport::write);
        long errors = findings.stream().filter(Finding::isError).count();
        json.object(
                "summary",
                summary -> summary.put("errors", errors)
                        .put("warnings", findings.size() - errors)
                        .put("files", files()));
    }

    private long files() {
        return findings.stream()
                .map(finding -> finding.at().file())
                .filter(file -> !file.isEmpty())
                .distinct()
                .count();
    }

    private static void write(Json json, Finding finding) {
        json.put("file", finding.at().file())
                .put("line", finding.at().line())
                .put("column", finding.at().column())
                .put("code", finding.code().name())
                .put("severity", word(finding.code().severity()))
                .put("message", finding.message())
                .objects(
                        "notes",
                        finding.notes(),
                        (object, note) -> object.put(
                                        "label", note.label().name().toLowerCase(Locale.ROOT))
                                .put("text", note.text()));
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String paint(String line, boolean isError, Style style) {
        Matcher note = NOTE.matcher(line);
        if (note.matches()) {
            return style.paint(Look.FAINT, note.group(1)) + note.group(2);
        }
        Matcher head = HEAD.matcher(line);
        if (!head.matches()) {
            return line;
        }
        Look grave = isError ? Look.BAD : Look.CAREFUL;
        String told = head.group(1).contains(WARNING)
                ? head.group(1).replaceFirst(WARNING, Matcher.quoteReplacement(style.paint(grave, WARNING)))
                : head.group(1);
        return told + " " + style.paint(grave, head.group(2));
    }
}
