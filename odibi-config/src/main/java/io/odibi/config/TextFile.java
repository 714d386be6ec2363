package io.odibi.config;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a text file of a project, and refuses what is none. */
final class TextFile {

    private static final int MAX_BYTES = 3 * 1024 * 1024;

    private TextFile() {}

    /**
     * Returns the content of a file, without a byte order mark.
     *
     * @param file the file
     * @param asked where it was asked for; the file itself if the user named it
     * @param missing the code of a file that is not there
     * @param findings takes what is wrong
     */
    static Optional<String> read(Path file, Position asked, FindingCode missing, Findings findings) {
        try {
            if (!Files.exists(file)) {
                findings.add(absent(file, asked, missing));
                return Optional.empty();
            }
            // A pipe or a device would make the reader wait, or never end.
            if (!Files.isRegularFile(file)) {
                String what = Files.isDirectory(file) ? "a folder" : "no regular file";
                findings.add(
                        Finding.of(FindingCode.CONFIG_UNREADABLE, asked, "cannot read '" + file + "': it is " + what)
                                .fix("name a file"));
                return Optional.empty();
            }
            return bytes(file, asked, findings).flatMap(bytes -> decode(file, bytes, findings));
        } catch (NoSuchFileException gone) {
            findings.add(absent(file, asked, missing));
        } catch (IOException | SecurityException refused) {
            findings.add(Finding.of(FindingCode.CONFIG_UNREADABLE, asked, "cannot read '" + file + "'")
                    .fix("check that the file may be read by this user"));
        }
        return Optional.empty();
    }

    private static Finding absent(Path file, Position asked, FindingCode missing) {
        return Finding.of(missing, asked, "there is no file '" + file + "'")
                .fix(
                        missing == FindingCode.CONFIG_IMPORT
                                ? "check the path; a relative one starts at the folder of the file that names it"
                                : "check the path");
    }

    private static Optional<byte[]> bytes(Path file, Position asked, Findings findings) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                findings.add(Finding.of(FindingCode.CONFIG_UNREADABLE, asked, "'" + file + "' is larger than 3 MB")
                        .fix("split it into several files"));
                return Optional.empty();
            }
            return Optional.of(bytes);
        }
    }

    private static Optional<String> decode(Path file, byte[] bytes, Findings findings) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            findings.add(Finding.of(FindingCode.CONFIG_UNREADABLE, end(file, text), "the file is not UTF-8")
                    .fix("save it with the encoding UTF-8"));
            return Optional.empty();
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (int i = 0; i < content.length(); i++) {
            char character = content.charAt(i);
            boolean layout = character == '\t' || character == '\n' || character == '\r';
            if (!layout && (Character.isISOControl(character) || character == '\uFEFF' || character >= '\uFFFE')) {
                findings.add(Finding.of(
                                FindingCode.CONFIG_UNREADABLE,
                                end(file, content.substring(0, i)),
                                String.format("the file holds the control character U+%04X", (int) character))
                        .fix("take it out; in double quotes, YAML has escapes for it"));
                return Optional.empty();
            }
        }
        return Optional.of(content);
    }

    /** The place just after {@code before}. */
    private static Position end(Path file, String before) {
        int line =
                1 + (int) before.chars().filter(character -> character == '\n').count();
        return new Position(file.toString(), line, before.length() - before.lastIndexOf('\n'));
    }
}
