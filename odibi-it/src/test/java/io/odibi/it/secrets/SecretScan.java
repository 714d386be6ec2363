package io.odibi.it.secrets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Looks for secrets in the bytes of files, in their names, and inside gzip and zip. What is compressed in another way is told as well: a
 * file that cannot be looked into proves nothing.
 */
final class SecretScan {

    private static final int SHOWN = 60;
    private static final Map<String, String> UNREADABLE = Map.of(
            "zstd", "(\265/\375",
            "lz4", "LZ4Block",
            "lz4 frames", "\4\"M\30",
            "snappy frames", "\377\6\0\0sNaPpY",
            "Spark's snappy", "\202SNAPPY\0",
            "lzf", "ZV\1");

    private final List<Canary> canaries;

    SecretScan(List<Canary> canaries) {
        this.canaries = List.copyOf(canaries);
    }

    /**
     * A secret that was found, or a file that cannot be looked into.
     *
     * @param secret what it was given as; empty for a file that cannot be looked into
     * @param form how it stands there
     * @param place which file, and what of it
     * @param around the text around it
     */
    record Leak(String secret, String form, String place, String around) {}

    /** Looks into every file of a folder. */
    List<Leak> folder(Path folder) throws IOException {
        List<Leak> leaks = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String place = folder.relativize(path).toString();
                leaks.addAll(search("the name of " + place, place));
                if (Files.isRegularFile(path)) {
                    leaks.addAll(file(place, path));
                }
            }
        }
        return leaks;
    }

    private List<Leak> file(String place, Path path) throws IOException {
        try {
            return bytes(place, Files.readAllBytes(path));
        } catch (NoSuchFileException goneMeanwhile) {
            return List.of();
        }
    }

    private List<Leak> bytes(String place, byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Leak> leaks = new ArrayList<>(search(place, text));
        if (text.startsWith("\37\213")) {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                leaks.addAll(bytes(place + ", gunzipped", in.readAllBytes()));
            }
        } else if (text.startsWith("PK\3\4")) {
            leaks.addAll(zip(place, bytes));
        }
        UNREADABLE.forEach((how, magic) -> {
            if (text.startsWith(magic)) {
                leaks.add(new Leak("", "compressed by " + how, place, ""));
            }
        });
        return leaks;
    }

    private List<Leak> zip(String place, byte[] bytes) throws IOException {
        List<Leak> leaks = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                leaks.addAll(bytes(place + ", " + entry.getName(), in.readAllBytes()));
            }
        }
        return leaks;
    }

    private List<Leak> search(String place, String text) {
        List<Leak> leaks = new ArrayList<>();
        for (Canary canary : canaries) {
            Map<String, String> forms = new LinkedHashMap<>(canary.forms());
            if (text.contains(canary.text())) {
                // Its halves would only say so again.
                forms.keySet().removeIf(form -> form.contains("half"));
            }
            forms.forEach((form, needle) -> {
                int at = text.indexOf(needle);
                if (at >= 0) {
                    int end = Math.min(text.length(), at + needle.length() + SHOWN);
                    leaks.add(new Leak(canary.name(), form, place, text.substring(Math.max(0, at - 2 * SHOWN), end)));
                }
            });
        }
        return leaks;
    }
}
