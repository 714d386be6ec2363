package io.odibi.config.yaml;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.Position;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into values with their places.
 *
 * <p>The language is the part of YAML that a person can read without surprise: mappings, lists and text. Anchors, aliases, merge keys,
 * tags and further documents are refused.
 */
public final class YamlReader {

    /** Longer than any person writes; the parser's time grows with the square of a line's length. */
    private static final int MAX_LINE = 100_000;

    /** Makes a reader. */
    public YamlReader() {}

    /**
     * Reads a document.
     *
     * @param file the file's name, for places
     * @param text its content: no byte order mark, no control characters but tab and line ends
     * @param findings takes what is wrong
     * @return what the document says; empty if it is not YAML of the language (a key that stands twice does no such harm: its
     *     first value holds)
     */
    public Optional<ConfigValue> read(String file, String text, Findings findings) {
        if (hasLongLine(file, text, findings)) {
            return Optional.empty();
        }
        try {
            return new TreeBuilder(file, text, parser(text), findings).document();
        } catch (TreeBuilder.StoppedException stopped) {
            findings.add(stopped.finding());
        } catch (MarkedYAMLException fault) {
            findings.add(SyntaxFault.explain(file, fault));
        } catch (YAMLException | IndexOutOfBoundsException | IllegalArgumentException fault) {
            // The parser lets some faults through as what they are inside; none of its words would help a person.
            findings.add(Finding.of(FindingCode.CONFIG_SYNTAX, Position.ofFile(file), "the file is not YAML"));
        }
        return Optional.empty();
    }

    private static boolean hasLongLine(String file, String text, Findings findings) {
        int line = 1;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int length = (end < 0 ? text.length() : end) - start;
            if (length > MAX_LINE) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_SYNTAX,
                                new Position(file, line, 1),
                                "the line is longer than " + MAX_LINE + " characters")
                        .fix("break it into several lines"));
                return true;
            }
            start += length + 1;
            line++;
        }
        return false;
    }

    private static ParserImpl parser(String text) {
        LoaderOptions options = new LoaderOptions();
        // The file's size is checked before its text gets here.
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new ParserImpl(new StreamReader(text), options);
    }
}
