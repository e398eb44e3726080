package sh.keptn.core.git;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/**
 * The address of an upstream: {@code http://}, {@code https://}, {@code ssh://}, or the scp form
 * {@code user@host:path}. Everything else ({@code file:}, {@code ext:}, {@code git:}, options in disguise) is refused,
 * and so are credentials inside the address: they belong into a Secret.
 */
public record GitUrl(String value) {
    public static final int MAX_LENGTH = 2048;

    private static final String FIELD = "git url";
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern SCP =
            Pattern.compile("(?<user>[A-Za-z0-9._-]+)@(?<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?<path>[^/:\\\\-][^:\\\\]*)");

    public GitUrl {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw KeptnException.invalid(FIELD, "must have 1 to " + MAX_LENGTH + " characters");
        }
        if (!VISIBLE_ASCII.matcher(value).matches()) {
            throw KeptnException.invalid(
                    FIELD, "must hold only visible ASCII characters; write other hosts in Punycode");
        }
        if (!SCP.matcher(value).matches()) {
            requireUri(value);
        }
    }

    private static void requireUri(String value) {
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException e) {
            throw KeptnException.invalid(FIELD, "is not a valid URL");
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("ssh")) {
            throw KeptnException.invalid(FIELD, "must start with http://, https:// or ssh://, or read user@host:path");
        }
        String host = Optional.ofNullable(uri.getHost()).orElse("");
        if (host.isEmpty() || host.startsWith("-")) {
            throw KeptnException.invalid(FIELD, "names no host");
        }
        if (Optional.ofNullable(uri.getPath()).orElse("").length() < 2) {
            throw KeptnException.invalid(FIELD, "names no repository");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw KeptnException.invalid(FIELD, "must have no query and no fragment");
        }
        String userInfo = Optional.ofNullable(uri.getRawUserInfo()).orElse("");
        if (userInfo.startsWith("-") || userInfo.contains(":") || (!scheme.equals("ssh") && !userInfo.isEmpty())) {
            throw KeptnException.invalid(FIELD, "must not hold credentials; they belong into the project's Secret");
        }
    }

    public boolean isSsh() {
        return SCP.matcher(value).matches() || value.toLowerCase(Locale.ROOT).startsWith("ssh://");
    }

    public String host() {
        Matcher scp = SCP.matcher(value);
        if (scp.matches()) {
            return scp.group("host");
        }
        return Optional.ofNullable(URI.create(value).getHost()).orElse("");
    }

    /**
     * The address in one spelling: two addresses that are the same repository for certain compare equal (case of scheme
     * and host, default ports, a {@code .git} or slash at the end).
     */
    public String canonical() {
        Matcher scp = SCP.matcher(value);
        String scheme;
        String host;
        int port;
        String path;
        if (scp.matches()) {
            scheme = "ssh";
            host = scp.group("host");
            port = -1;
            path = "/" + scp.group("path");
        } else {
            URI uri = URI.create(value);
            scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            host = host();
            port = uri.getPort();
            path = Optional.ofNullable(uri.getPath()).orElse("");
        }
        boolean defaultPort = port == -1
                || (scheme.equals("http") && port == 80)
                || (scheme.equals("https") && port == 443)
                || (scheme.equals("ssh") && port == 22);
        String trimmed = path.replaceAll("/+$", "").replaceAll("\\.git$", "");
        return scheme + "://" + host.toLowerCase(Locale.ROOT) + (defaultPort ? "" : ":" + port) + trimmed;
    }

    @Override
    public String toString() {
        return value;
    }
}
