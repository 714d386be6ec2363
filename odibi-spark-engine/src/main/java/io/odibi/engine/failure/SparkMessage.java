package io.odibi.engine.failure;

import java.util.regex.Pattern;

/** What Spark says, cut down to its first line. The lines below it are query plans, and those print the options of sources in clear. */
public final class SparkMessage {

    private static final Pattern ERROR_CLASS = Pattern.compile("^\\[[A-Z][A-Z0-9_.]*]\\s*");
    private static final Pattern JOB_ABORTED =
            Pattern.compile("^Job aborted due to stage failure: .*?\\(TID \\d+\\) \\([^)]*\\): ");
    private static final Pattern CLASS_NAME =
            Pattern.compile("(?:[a-z][a-zA-Z0-9_]*\\.)+[A-Z][\\w$]*(?:Exception|Error|Throwable)(?::\\s*|\\b)");
    private static final Pattern PLACE =
            Pattern.compile(";?\\s*(?:line \\d+,? pos \\d+|\\(line \\d+,? pos \\d+\\))?;?\\s*$");
    private static final int LONGEST = 500;

    private SparkMessage() {}

    /** Returns the first line of what {@code fault} says, without error class, class names and place; empty if it says nothing. */
    public static String firstLine(Throwable fault) {
        String message = fault.getMessage();
        String line = message == null
                ? ""
                : message.lines()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("");
        line = JOB_ABORTED.matcher(line).replaceFirst("");
        line = CLASS_NAME.matcher(line).replaceAll("");
        line = ERROR_CLASS.matcher(line.strip()).replaceFirst("");
        line = PLACE.matcher(line).replaceFirst("").strip();
        if (line.endsWith(".") && !line.endsWith("..")) {
            line = line.substring(0, line.length() - 1);
        }
        return line.length() > LONGEST ? line.substring(0, LONGEST - 3) + "..." : line;
    }
}
