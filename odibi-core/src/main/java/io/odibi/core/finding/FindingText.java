package io.odibi.core.finding;

import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Findings as text for a person. The first line of each starts with {@code file:line:column:}, so that editors jump there; the
 * last line counts. Colours are the command line's business.
 */
public final class FindingText {

    private static final int LABEL_WIDTH = 5;

    /** Makes the text form. */
    public FindingText() {}

    /**
     * Renders findings in the order given, and then their count; nothing at all if there are none.
     *
     * @return lines that each end with a line feed
     */
    public String render(List<Finding> findings) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> append(text, finding));
        if (!findings.isEmpty()) {
            text.append(summary(findings)).append('\n');
        }
        return text.toString();
    }

    /** Counts findings: {@code 3 errors, 1 warning in 2 files}; {@code no errors} if there are none. */
    public String summary(List<Finding> findings) {
        long errors = findings.stream().filter(Finding::isError).count();
        long warnings = findings.size() - errors;
        List<String> counts = new ArrayList<>();
        if (errors > 0) {
            counts.add(count(errors, "error"));
        }
        if (warnings > 0) {
            counts.add(count(warnings, "warning"));
        }
        long files = findings.stream()
                .map(finding -> finding.at().file())
                .filter(file -> !file.isEmpty())
                .distinct()
                .count();
        String where = files == 0 ? "" : " in " + count(files, "file");
        return counts.isEmpty() ? "no errors" : String.join(", ", counts) + where;
    }

    private static void append(StringBuilder text, Finding finding) {
        if (!finding.at().equals(Position.NONE)) {
            text.append(printable(finding.at().toString())).append(": ");
        }
        if (!finding.isError()) {
            text.append("warning: ");
        }
        text.append(printable(finding.message()))
                .append(" [")
                .append(finding.code())
                .append("]\n");
        for (Finding.Note note : finding.notes()) {
            String label = note.label().name().toLowerCase(Locale.ROOT);
            String indent = "    " + label + " ".repeat(LABEL_WIDTH - label.length() + 1);
            for (String line : note.text().lines().toList()) {
                text.append(indent).append(printable(line)).append('\n');
                indent = " ".repeat(indent.length());
            }
        }
    }

    private static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** User text may hold control characters, which a terminal would obey. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .forEach(character -> clean.appendCodePoint(Character.isISOControl(character) ? '\uFFFD' : character));
        return clean.toString();
    }
}
