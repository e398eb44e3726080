package sh.keptn.core.config;

import java.util.regex.Pattern;

/**
 * What stands before every path of the API where it shares a host with others, such as {@code /keptn}; mostly nothing.
 *
 * @param value empty, or segments with a slash before each and none at the end, which look the same encoded and decoded
 */
public record PathPrefix(String value) {
    private static final int MAX_LENGTH = 128;
    private static final Pattern VALID = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");

    public static final PathPrefix NONE = new PathPrefix("");

    public PathPrefix {
        if (value.length() > MAX_LENGTH || !VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'" + value + "' must read like /keptn: a slash before each segment and none at the end,"
                            + " of letters, digits and . _ ~ - (no dot first), at most " + MAX_LENGTH + " characters");
        }
    }

    /** The path as it is called from outside. */
    public String before(String path) {
        return value + path;
    }
}
