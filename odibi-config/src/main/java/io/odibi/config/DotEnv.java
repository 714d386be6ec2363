package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.Position;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables from a {@code .env} file beside the project: lines of {@code NAME=value}. The process's own win, unlike in the Python Odibi, so
 * that what an operator sets holds.
 */
final class DotEnv {

    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(.*?)\\s*");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");

    private DotEnv() {}

    static Map<String, String> beside(Path fileOrFolder, Map<String, String> environment, Findings findings) {
        Path file = ProjectFiles.folder(fileOrFolder).resolve(".env");
        if (!Files.isRegularFile(file)) {
            return environment;
        }
        Map<String, String> all = new HashMap<>();
        Optional<String> text =
                TextFile.read(file, Position.ofFile(file.toString()), FindingCode.CONFIG_UNREADABLE, findings);
        List<String> lines = text.map(content -> content.lines().toList()).orElse(List.of());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                all.put(parts.group(1), unquote(parts.group(2)));
            } else if (!line.isBlank() && !line.strip().startsWith("#")) {
                // The line itself may hold a secret, so it is not shown.
                findings.add(Finding.of(
                                FindingCode.CONFIG_SYNTAX,
                                new Position(file.toString(), i + 1, 1),
                                "the line sets nothing")
                        .allow("NAME=value, or a comment that starts with '#'"));
            }
        }
        all.putAll(environment);
        return Map.copyOf(all);
    }

    private static String unquote(String value) {
        for (String quote : List.of("\"", "'")) {
            int end = value.indexOf(quote, 1);
            if (value.startsWith(quote) && end > 0) {
                return value.substring(1, end);
            }
        }
        return value.startsWith("#") ? "" : COMMENT.matcher(value).replaceFirst("");
    }
}
