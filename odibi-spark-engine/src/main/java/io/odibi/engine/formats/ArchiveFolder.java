package io.odibi.engine.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where files may be moved that a stream has read: not where it would find them again. Follows what Spark checks when a query starts. */
final class ArchiveFolder {

    private static final Pattern URI = Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):(?://([^/]*))?)?(.*)");

    private record Place(Optional<String> system, List<String> folders) {

        static Place of(String path) {
            Matcher parts = URI.matcher(path);
            if (!parts.matches()) {
                return new Place(Optional.empty(), List.of());
            }
            String host = parts.group(2) == null ? "" : parts.group(2);
            return new Place(
                    Optional.ofNullable(parts.group(1)).map(scheme -> scheme + "://" + host), folders(parts.group(3)));
        }

        private static List<String> folders(String path) {
            List<String> folders = new ArrayList<>();
            for (String folder : path.split("/", -1)) {
                if (folder.equals("..") && !folders.isEmpty()) {
                    folders.remove(folders.size() - 1);
                } else if (!folder.isEmpty() && !folder.equals(".") && !folder.equals("..")) {
                    folders.add(folder);
                }
            }
            return folders;
        }
    }

    private ArchiveFolder() {}

    /**
     * Returns why files cannot be moved there; empty if they can.
     *
     * @param source what is read: a whole path, perhaps a pattern
     * @param archive where the files would go: a whole path
     */
    static Optional<String> fault(String source, String archive) {
        Place from = Place.of(source);
        Place to = Place.of(archive);
        boolean isElsewhere = from.system().isPresent()
                && to.system().isPresent()
                && !from.system().equals(to.system());
        if (isElsewhere) {
            return Optional.of("files can only be moved within one file system, and they lie in "
                    + from.system().get());
        }
        int shared = Math.min(from.folders().size(), to.folders().size());
        for (int i = 0; i < shared; i++) {
            if (!matches(from.folders().get(i), to.folders().get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of("files that are moved there could be found by this read again");
    }

    /** Patterns of brackets and braces are left to Spark, which tells at the start. */
    private static boolean matches(String pattern, String folder) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(folder).matches();
    }
}
