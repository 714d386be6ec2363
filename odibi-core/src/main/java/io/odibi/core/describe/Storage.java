package io.odibi.core.describe;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A place for files, from which relative paths start.
 *
 * @param root an absolute path or a URI, without a slash at its end
 */
public record Storage(String root) {

    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+:.*)|/.*");

    public Storage {
        Objects.requireNonNull(root, "root");
        root = root.length() > 1 && root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
    }

    /** Returns {@code path} as an absolute path or URI: one that is absolute already stays as it is. */
    public String resolve(String path) {
        String relative = path.replaceFirst("^(\\./)+", "");
        return isAbsolute(path) ? path : root + (root.endsWith("/") ? "" : "/") + relative;
    }

    /** Whether a path needs no place to start from: it begins with a slash or with any URI scheme. */
    public static boolean isAbsolute(String path) {
        return ABSOLUTE.matcher(path).matches();
    }
}
