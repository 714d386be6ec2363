package io.odibi.config.yaml;

import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import io.odibi.core.text.TextOrigin.Layout;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Says where the characters of a text stand, as far as quoting and folding left them where they were. */
final class ScalarOrigins {

    /** What the parser counts as the end of a line. */
    private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n\u0085\u2028\u2029]");

    private final String file;
    private final List<String> lines;

    ScalarOrigins(String file, String text) {
        this.file = file;
        this.lines = List.of(LINE_END.split(text, -1));
    }

    TextOrigin of(ScalarEvent event) {
        ScalarStyle style = event.getScalarStyle();
        if (style == ScalarStyle.LITERAL) {
            return block(event);
        }
        int quote = style == ScalarStyle.PLAIN ? 0 : 1;
        Mark start = event.getStartMark();
        Mark end = event.getEndMark();
        Position first = new Position(file, start.getLine() + 1, start.getColumn() + 1 + quote);
        String text = event.getValue();
        // An escape is longer than what it stands for, so equal lengths mean that there is none.
        boolean asWritten = style != ScalarStyle.FOLDED
                && start.getLine() == end.getLine()
                && end.getIndex() - start.getIndex() - 2 * quote == text.codePointCount(0, text.length());
        return asWritten ? new TextOrigin(first, Layout.LINE) : TextOrigin.at(first);
    }

    /** The text starts on the line below its mark; the indentation is what its lines lack. */
    private TextOrigin block(ScalarEvent event) {
        int header = event.getStartMark().getLine();
        String[] texts = event.getValue().split("\n", -1);
        for (int i = 0; i < texts.length && header + 1 + i < lines.size(); i++) {
            String line = lines.get(header + 1 + i);
            if (!texts[i].isEmpty() && line.endsWith(texts[i])) {
                int indent = line.length() - texts[i].length();
                return new TextOrigin(new Position(file, header + 2, indent + 1), Layout.BLOCK);
            }
        }
        return TextOrigin.at(new Position(file, header + 1, event.getStartMark().getColumn() + 1));
    }
}
