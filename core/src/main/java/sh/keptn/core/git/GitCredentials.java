package sh.keptn.core.git;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;

/**
 * What a project's Secret says about its upstream. Two forms are read: keys of their own ({@code username} and {@code
 * password}, {@code token}, {@code identity} with {@code passphrase} and {@code known_hosts}, {@code ca.crt}, {@code
 * proxy.url} with {@code proxy.scheme}, {@code proxy.user} and {@code proxy.password}, {@code insecureSkipTLS}), and
 * Keptn's single key {@code git-credentials} with JSON in it. Where both stand, {@code known_hosts} and {@code ca.crt}
 * complete the JSON, which has no place for the first.
 *
 * <p>A refusal names the key and never the value.
 *
 * @param url Keptn's {@code remoteURL}, where the Secret is in that form
 */
public record GitCredentials(GitAccess access, Optional<GitUrl> url) {
    /** The key of Keptn's form. */
    public static final String KEPTN_KEY = "git-credentials";

    /** Who Keptn says it is when only a token is given; hosts that look at the token alone take any name. */
    public static final String DEFAULT_USER = "keptnuser";

    /** Nothing to show to the upstream. */
    public static final GitCredentials NONE = new GitCredentials(GitAccess.ANONYMOUS, Optional.empty());

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PROXY =
            Pattern.compile("(?:(?<scheme>[a-z]+)://)?(?<host>[^:/@\\s]+|\\[[0-9a-fA-F:]+]):(?<port>\\d{1,5})/?");
    private static final String PEM_MARK = "-----BEGIN";

    /**
     * Reads a Secret's data, its values decoded to text.
     *
     * @throws KeptnException {@code Invalid} with the key that cannot be used
     */
    public static GitCredentials fromSecret(Map<String, String> data) {
        String json = data.getOrDefault(KEPTN_KEY, "");
        return json.isBlank() ? fromKeys(data) : fromKeptn(json, data);
    }

    /**
     * Reads a Secret's data as Kubernetes hands it out, its values in base64; none at all is an empty Secret.
     *
     * @throws KeptnException {@code Invalid} with the key that cannot be used
     */
    public static GitCredentials fromEncoded(@Nullable Map<String, String> data) {
        Map<String, String> decoded = new HashMap<>();
        if (data != null) {
            data.forEach((key, value) ->
                    decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return fromSecret(decoded);
    }

    private static GitCredentials fromKeys(Map<String, String> data) {
        GitAccess access = new GitAccess(
                authentication(data), certificates("ca.crt", value(data, "ca.crt")), flag(data), proxy(data));
        return new GitCredentials(access, Optional.empty());
    }

    private static Authentication authentication(Map<String, String> data) {
        Optional<String> identity = value(data, "identity");
        Optional<String> token = value(data, "token");
        Optional<String> password = value(data, "password");
        Optional<String> username = value(data, "username");
        if (identity.isPresent()) {
            if (token.isPresent()) {
                throw KeptnException.invalid("identity", "stands beside token; give one of them");
            }
            return new Authentication.Ssh(
                    new Secret(pem("identity", identity.get())),
                    new Secret(value(data, "passphrase").or(() -> password).orElse("")),
                    data.getOrDefault("known_hosts", ""));
        }
        if (token.isPresent() && password.isPresent()) {
            throw KeptnException.invalid("token", "stands beside password; give one of them");
        }
        Optional<String> word = token.or(() -> password);
        if (word.isEmpty()) {
            if (username.isPresent()) {
                throw KeptnException.invalid("username", "stands without password or token");
            }
            return new Authentication.None();
        }
        return basic("username", username.orElse(DEFAULT_USER), word.get());
    }

    private static Authentication basic(String userKey, String user, String password) {
        if (user.indexOf(':') >= 0 || user.chars().anyMatch(Character::isISOControl)) {
            throw KeptnException.invalid(userKey, "must hold neither a colon nor control characters");
        }
        // A line break at the end comes with every file that an editor wrote.
        return new Authentication.Basic(user, new Secret(password.strip()));
    }

    private static boolean flag(Map<String, String> data) {
        return switch (value(data, "insecureSkipTLS").orElse("false").strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw KeptnException.invalid("insecureSkipTLS", "must be true or false");
        };
    }

    private static Optional<ProxySettings> proxy(Map<String, String> data) {
        return value(data, "proxy.url")
                .map(url -> proxy(
                        "proxy.url",
                        url,
                        data.getOrDefault("proxy.scheme", ""),
                        data.getOrDefault("proxy.user", ""),
                        data.getOrDefault("proxy.password", "")));
    }

    private static ProxySettings proxy(String key, String url, String scheme, String user, String password) {
        Matcher matcher = PROXY.matcher(url.strip());
        if (!matcher.matches()) {
            throw KeptnException.invalid(key, "must read host:port, and hold no user");
        }
        String named = Optional.ofNullable(matcher.group("scheme")).orElse(scheme.strip());
        if (!named.isEmpty() && !named.equals("http")) {
            throw KeptnException.invalid(key, "must be an http proxy; it passes https on unread");
        }
        int port = Integer.parseInt(matcher.group("port"));
        if (port < 1 || port > 65535) {
            throw KeptnException.invalid(key, "must have a port from 1 to 65535");
        }
        return new ProxySettings(
                Optional.ofNullable(matcher.group("host")).orElse(""),
                port,
                user.strip(),
                new Secret(password.strip()));
    }

    private static GitCredentials fromKeptn(String json, Map<String, String> data) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // The parser's own message quotes the text, which is a secret.
            throw KeptnException.invalid(KEPTN_KEY, "is not JSON");
        }
        if (root == null || !root.isObject()) {
            throw KeptnException.invalid(KEPTN_KEY, "is not a JSON object");
        }
        JsonNode https = root.path("https");
        JsonNode ssh = root.path("ssh");
        Optional<GitUrl> url = text(root, "remoteURL").map(GitUrl::new);
        Authentication authentication;
        if (text(ssh, "privateKey").isPresent()) {
            authentication = new Authentication.Ssh(
                    new Secret(pem(
                            KEPTN_KEY + " ssh.privateKey",
                            text(ssh, "privateKey").get())),
                    new Secret(text(ssh, "privateKeyPass").orElse("")),
                    data.getOrDefault("known_hosts", ""));
        } else {
            Optional<String> token = text(https, "token").or(() -> text(root, "token"));
            authentication = token.isPresent()
                    ? basic(KEPTN_KEY + " user", text(root, "user").orElse(DEFAULT_USER), token.get())
                    : new Authentication.None();
        }
        JsonNode proxy = https.path("proxy");
        GitAccess access = new GitAccess(
                authentication,
                certificates(KEPTN_KEY + " https.certificate", text(https, "certificate"))
                        .or(() -> certificates("ca.crt", value(data, "ca.crt"))),
                https.path("insecureSkipTLS").asBoolean(false),
                text(proxy, "url")
                        .map(address -> proxy(
                                KEPTN_KEY + " https.proxy.url",
                                address,
                                text(proxy, "scheme").orElse(""),
                                text(proxy, "user").orElse(""),
                                text(proxy, "password").orElse(""))));
        return new GitCredentials(access, url);
    }

    /** Keptn's clients send certificates in Base64 over the PEM; either is taken. */
    private static Optional<String> certificates(String key, Optional<String> value) {
        return value.map(text -> pem(key, text));
    }

    private static String pem(String key, String value) {
        if (value.contains(PEM_MARK)) {
            return value;
        }
        try {
            String decoded = new String(Base64.getMimeDecoder().decode(value.strip()), StandardCharsets.UTF_8);
            if (decoded.contains(PEM_MARK)) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // No Base64 either: the refusal below.
        }
        throw KeptnException.invalid(key, "is not in PEM form");
    }

    private static Optional<String> value(Map<String, String> data, String key) {
        return Optional.ofNullable(data.get(key)).filter(text -> !text.isBlank());
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(text -> !text.isBlank());
    }
}
