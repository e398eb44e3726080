package sh.keptn.core.git;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;

/**
 * What a project's Secret holds. Two forms are read: single keys ({@code username} and {@code password}, {@code token},
 * {@code identity} with {@code passphrase} and {@code known_hosts}, {@code ca.crt}, {@code proxy.*}), and Keptn's own
 * key {@value #KEPTN_KEY} with its JSON, which wins where both stand.
 *
 * @param remoteUrl the address in Keptn's JSON; informational, as the project's spec names the upstream
 */
public record Credentials(GitAccess access, Optional<String> remoteUrl) {
    /** The key under which Keptn keeps its JSON. */
    public static final String KEPTN_KEY = "git-credentials";

    /** Nothing to show to the upstream. */
    public static final Credentials NONE = new Credentials(GitAccess.ANONYMOUS, Optional.empty());

    /** What Keptn sends as user where only a token is given. */
    private static final String KEPTN_USER = "keptnuser";

    private static final String FIELD = "credentials";
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(20).build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .build();

    /**
     * Reads the decoded data of a Secret. No value of it stands in a message.
     *
     * @throws KeptnException {@code Invalid} naming the key that cannot be read
     */
    public static Credentials of(Map<String, String> data) {
        Optional<String> json = value(data, KEPTN_KEY);
        return json.isPresent() ? ofKeptn(json.get()) : ofKeys(data);
    }

    private static Credentials ofKeys(Map<String, String> data) {
        Authentication authentication;
        Optional<String> identity = value(data, "identity").or(() -> value(data, "ssh-privatekey"));
        Optional<String> password = value(data, "password").or(() -> value(data, "token"));
        if (identity.isPresent()) {
            authentication = new Authentication.Ssh(
                    new Secret(pem("identity", identity.get())),
                    new Secret(value(data, "passphrase").orElse("")),
                    value(data, "known_hosts").orElse(""));
        } else if (password.isPresent()) {
            authentication =
                    new Authentication.Basic(value(data, "username").orElse(KEPTN_USER), new Secret(password.get()));
        } else {
            authentication = new Authentication.None();
        }
        Optional<ProxySettings> proxy = value(data, "proxy.url")
                .map(url -> proxy(
                        url,
                        value(data, "proxy.user").orElse(""),
                        value(data, "proxy.password").orElse("")));
        Optional<String> ca = value(data, "ca.crt").map(text -> pem("ca.crt", text));
        return new Credentials(new GitAccess(authentication, ca, false, proxy), Optional.empty());
    }

    private static Credentials ofKeptn(String text) {
        JsonNode root = json(text);
        JsonNode https = root.path("https");
        JsonNode ssh = root.path("ssh");
        Authentication authentication;
        if (ssh.isObject() && https.isObject()) {
            throw KeptnException.invalid(FIELD, "https and ssh must not both be given");
        } else if (ssh.isObject()) {
            authentication = new Authentication.Ssh(
                    new Secret(pem("ssh.privateKey", ssh.path("privateKey").asText(""))),
                    new Secret(ssh.path("privateKeyPass").asText("")),
                    ssh.path("knownHosts").asText(""));
        } else {
            String token = https.path("token").asText("");
            String user = root.path("user").asText("");
            authentication = token.isBlank() && user.isBlank()
                    ? new Authentication.None()
                    : new Authentication.Basic(user.isBlank() ? KEPTN_USER : user, new Secret(token));
        }
        String certificate = https.path("certificate").asText("");
        String proxyUrl = https.path("proxy").path("url").asText("");
        GitAccess access = new GitAccess(
                authentication,
                certificate.isBlank() ? Optional.empty() : Optional.of(pem("https.certificate", certificate)),
                https.path("insecureSkipTLS").asBoolean(false),
                proxyUrl.isBlank()
                        ? Optional.empty()
                        : Optional.of(proxy(
                                proxyUrl,
                                https.path("proxy").path("user").asText(""),
                                https.path("proxy").path("password").asText(""))));
        return new Credentials(
                access, Optional.of(root.path("remoteURL").asText("")).filter(url -> !url.isBlank()));
    }

    private static JsonNode json(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (root == null || !root.isObject()) {
                throw KeptnException.invalid(FIELD, KEPTN_KEY + " is not a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            // Without its cause: the parser's message may quote the text.
            throw KeptnException.invalid(FIELD, KEPTN_KEY + " is not valid JSON");
        }
    }

    /** PEM as such, or in base64 as Keptn's API takes it. */
    private static String pem(String key, String text) {
        if (text.contains("-----BEGIN ")) {
            return text;
        }
        try {
            String decoded = new String(Base64.getMimeDecoder().decode(text.strip()), StandardCharsets.UTF_8);
            if (decoded.contains("-----BEGIN ")) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // Neither form: the same answer, below.
        }
        throw KeptnException.invalid(FIELD, key + " is not PEM");
    }

    /** {@code host:port}, as in Keptn, or the same with a scheme of http or https before it. */
    private static ProxySettings proxy(String url, String user, String password) {
        try {
            URI uri = new URI(url.contains("://") ? url : "http://" + url);
            String scheme = Optional.ofNullable(uri.getScheme()).orElse("");
            String host = Optional.ofNullable(uri.getHost()).orElse("");
            boolean usable = (scheme.equals("http") || scheme.equals("https"))
                    && !host.isEmpty()
                    && uri.getPort() > 0
                    && uri.getRawUserInfo() == null;
            if (usable) {
                return new ProxySettings(host, uri.getPort(), user, new Secret(password));
            }
        } catch (URISyntaxException e) {
            // The same answer as for an address without a port, below.
        }
        throw KeptnException.invalid(FIELD, "the proxy's url must read host:port, without user information");
    }

    private static Optional<String> value(Map<String, String> data, String key) {
        return Optional.ofNullable(data.get(key)).filter(text -> !text.isBlank());
    }
}
