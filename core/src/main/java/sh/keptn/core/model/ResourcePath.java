package sh.keptn.core.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/**
 * The path of a file or folder inside a scope of a project, relative, with single slashes. Whoever makes one has done
 * all decoding before: the checks run on the final form. What could leave the scope, reach Git's own files on any file
 * system, or hide in a log line is refused:
 *
 * <ul>
 *   <li>segments {@code .}, {@code ..}, and any {@code ..} or {@code ~} (Keptn's rule);
 *   <li>{@code .git} in every spelling a file system may take for it (case, trailing dots and blanks, invisible
 *       characters, colons), and {@code .keptn-stages} as the first segment, which is a layout's own folder;
 *   <li>backslashes, control and format characters, what is still percent-encoded as a dot, slash or percent sign;
 *   <li>more than {@value #MAX_BYTES} bytes, {@value #MAX_SEGMENTS} segments, or {@value #MAX_SEGMENT_BYTES} bytes in one.
 * </ul>
 */
public record ResourcePath(String value) implements Comparable<ResourcePath> {
    public static final int MAX_BYTES = 1024;
    public static final int MAX_SEGMENTS = 50;
    public static final int MAX_SEGMENT_BYTES = 255;

    /** The folder of the directory layout: {@code .keptn-stages/<stage>/<service>}. */
    public static final String STAGES_FOLDER = ".keptn-stages";

    private static final String FIELD = "resourceURI";
    private static final Pattern STILL_ENCODED = Pattern.compile("%(2[eEfF5]|5[cC]|00)");
    private static final Pattern HELM_ARCHIVE = Pattern.compile("(?:(.*)/)?helm/([^/]+)\\.tgz");

    public ResourcePath {
        if (value.isEmpty()) {
            throw KeptnException.invalid(FIELD, "is empty");
        }
        if (bytes(value) > MAX_BYTES) {
            throw KeptnException.invalid(FIELD, "has more than " + MAX_BYTES + " bytes");
        }
        if (value.startsWith("/") || value.endsWith("/") || value.contains("//")) {
            throw KeptnException.invalid(FIELD, "must be relative, with single slashes and none at the end");
        }
        if (value.contains("..") || value.contains("~")) {
            throw KeptnException.invalid(FIELD, "must not hold '..' or '~'");
        }
        if (STILL_ENCODED.matcher(value).find()) {
            throw KeptnException.invalid(FIELD, "is percent-encoded more often than a name can be");
        }
        if (value.indexOf('\\') >= 0
                || !value.equals(value.strip())
                || value.codePoints().anyMatch(ResourcePath::hidden)) {
            throw KeptnException.invalid(
                    FIELD, "must not hold backslashes, control or invisible characters, or blanks at its ends");
        }
        String[] segments = value.split("/", -1);
        if (segments.length > MAX_SEGMENTS) {
            throw KeptnException.invalid(FIELD, "has more than " + MAX_SEGMENTS + " segments");
        }
        for (String segment : segments) {
            check(segment);
        }
        if (segments[0].equalsIgnoreCase(STAGES_FOLDER)) {
            throw KeptnException.invalid(FIELD, "must not lie in " + STAGES_FOLDER);
        }
    }

    /**
     * The path as clients send it: leading slashes are allowed there, as Keptn's listings show names with one.
     *
     * @throws KeptnException {@code Invalid} if the rest breaks a rule
     */
    public static ResourcePath parse(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '/') {
            start++;
        }
        return new ResourcePath(text.substring(start));
    }

    /** The path below a folder of the repository; an empty folder is the root. */
    public String under(String folder) {
        return folder.isEmpty() ? value : folder + "/" + value;
    }

    public List<String> segments() {
        return List.of(value.split("/", -1));
    }

    /**
     * For {@code [folders/]helm/<name>.tgz}, the folder {@code [folders/]helm/<name>} that holds the unpacked chart, by
     * Keptn's rule; empty for every other path.
     */
    public Optional<ResourcePath> helmChartFolder() {
        var matcher = HELM_ARCHIVE.matcher(value);
        return matcher.matches()
                ? Optional.of(new ResourcePath(value.substring(0, value.length() - ".tgz".length())))
                : Optional.empty();
    }

    private static void check(String segment) {
        if (segment.equals(".")) {
            throw KeptnException.invalid(FIELD, "must not hold a segment '.'");
        }
        if (bytes(segment) > MAX_SEGMENT_BYTES) {
            throw KeptnException.invalid(FIELD, "has a segment of more than " + MAX_SEGMENT_BYTES + " bytes");
        }
        String folded = segment.toLowerCase(Locale.ROOT);
        String trimmed = folded.replaceAll("[. ]+$", "");
        boolean gitFolder = trimmed.equals(".git") || folded.startsWith(".git:") || folded.startsWith(".git ");
        if (gitFolder) {
            throw KeptnException.invalid(FIELD, "must not name Git's own folder");
        }
    }

    private static boolean hidden(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public int compareTo(ResourcePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
