package sh.keptn.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sh.keptn.api.auth.TrustedProxies;
import sh.keptn.api.event.EventRules;
import sh.keptn.api.http.HttpLimits;
import sh.keptn.api.mongo.MongoSettings;
import sh.keptn.api.secret.ReservedNames;
import sh.keptn.api.secret.Scopes;
import sh.keptn.api.tls.TlsFiles;
import sh.keptn.core.config.Env;
import sh.keptn.core.config.PathPrefix;
import sh.keptn.core.config.Secret;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.GitAuthor;

/** Everything that can be set on the API server, read once from its environment. */
record ApiConfig(
        String namespace,
        Listen listen,
        Auth auth,
        Git git,
        Events events,
        Agents agents,
        Secrets secrets,
        Imports imports) {

    /**
     * Where the server listens, and how much it takes.
     *
     * @param tls empty: plain HTTP; the management port is plain always
     */
    record Listen(
            String address, int port, int managementPort, PathPrefix prefix, Optional<Tls> tls, HttpLimits limits) {}

    /**
     * HTTPS by file.
     *
     * @param remembered how long browsers are told to come by HTTPS alone; empty: they are not told
     */
    record Tls(TlsFiles files, Optional<Duration> remembered) {}

    /**
     * Who comes in.
     *
     * @param token used if it is there, else the Secret of that name is followed
     * @param kubernetesTokens whether tokens of the cluster come in as well
     * @param audiences of which such a token must name one; empty: that of the Kubernetes API
     */
    record Auth(
            Optional<Secret> token,
            String tokenSecret,
            TrustedProxies trustedProxies,
            int wrongTokensPerSecond,
            int wrongTokensBurst,
            boolean kubernetesTokens,
            List<String> audiences) {
        Auth {
            audiences = List.copyOf(audiences);
        }
    }

    /**
     * How upstreams are reached.
     *
     * @param dataDir holds the mirrors of this process alone
     * @param hidesProvisioned whether answers leave out where a provisioned upstream is
     * @param webhookSecret the Secret with which upstreams announce pushes, for projects that name none of their own
     */
    record Git(
            Path dataDir,
            GitAuthor author,
            AddressPolicy addresses,
            Optional<String> provisioningUrl,
            boolean hidesProvisioned,
            Optional<String> webhookSecret) {}

    /**
     * How events are taken and kept.
     *
     * @param store empty: no events, and everything else works
     * @param streams how many clients may follow the events at one time
     * @param statisticsRetention how old counts of events become; empty: they are kept
     */
    record Events(
            Optional<MongoSettings> store, EventRules rules, int streams, Optional<Duration> statisticsRetention) {}

    /**
     * Secrets of integrations.
     *
     * @param scopes the groups of them, each for one account
     */
    record Secrets(Scopes scopes) {}

    /**
     * Config packages.
     *
     * @param bytes of one, packed and unpacked
     */
    record Imports(long bytes) {}

    /**
     * How long is remembered what integrations say.
     *
     * @param silence how long one may say nothing before it is taken for gone
     * @param logRetention how old its log entries become
     */
    record Agents(Duration silence, Duration logRetention) {}

    static ApiConfig from(Env env) {
        return new ApiConfig(
                env.text("KEPTN_NAMESPACE", "keptn"),
                listen(env),
                auth(env),
                git(env),
                new Events(
                        MongoSettings.from(env),
                        EventRules.from(env),
                        env.number("KEPTN_MAX_STREAMS", 64, 0, 10_000),
                        env.text("KEPTN_STATISTICS_RETENTION")
                                .map(_ -> env.duration("KEPTN_STATISTICS_RETENTION", Duration.ZERO))),
                new Agents(
                        env.duration("KEPTN_UNIFORM_TTL", Duration.ofDays(2)),
                        env.duration("KEPTN_LOG_RETENTION", Duration.ofDays(5))),
                new Secrets(env.parsed("KEPTN_SECRET_SCOPES_FILE", file -> Scopes.read(Path.of(file)))
                        .orElse(Scopes.DEFAULT)),
                new Imports(env.bytes("KEPTN_MAX_IMPORT_SIZE", 50L << 20)));
    }

    /** The names of this server's own Secrets. */
    ReservedNames reservedNames() {
        Set<String> names = new HashSet<>(Set.of(auth.tokenSecret()));
        git.webhookSecret().ifPresent(names::add);
        return new ReservedNames(names);
    }

    private static Listen listen(Env env) {
        HttpLimits limits = HttpLimits.DEFAULT;
        return new Listen(
                env.text("KEPTN_BIND_ADDRESS", "0.0.0.0"),
                env.number("KEPTN_PORT", 8080, 0, 65_535),
                env.number("KEPTN_MANAGEMENT_PORT", 8081, 0, 65_535),
                env.parsed("KEPTN_PATH_PREFIX", PathPrefix::new).orElse(PathPrefix.NONE),
                tls(env),
                new HttpLimits(
                        env.bytes("KEPTN_MAX_BODY", limits.bodyBytes()),
                        env.duration("KEPTN_BODY_TIMEOUT", limits.bodyDeadline()),
                        (int) Math.min(env.bytes("KEPTN_MAX_HEADERS", limits.headerBytes()), 1 << 20),
                        env.number("KEPTN_MAX_CONNECTIONS", limits.connections(), 1, 1_000_000),
                        env.number("KEPTN_MAX_REQUESTS", limits.concurrentRequests(), 1, 100_000),
                        env.duration("KEPTN_READ_TIMEOUT", limits.readTimeout()),
                        env.duration("KEPTN_IDLE_TIMEOUT", limits.idleTimeout()),
                        env.duration("KEPTN_SHUTDOWN_GRACE", limits.shutdownGrace())));
    }

    /** Both files are read here once, so that bad ones stop the start with a clear word. */
    private static Optional<Tls> tls(Env env) {
        Optional<Path> certificate = env.parsed("KEPTN_TLS_CERT_FILE", Path::of);
        Optional<Path> key = env.parsed("KEPTN_TLS_KEY_FILE", file -> {
            if (certificate.isEmpty()) {
                throw new IllegalArgumentException("is set, and KEPTN_TLS_CERT_FILE is not");
            }
            return Path.of(file);
        });
        Optional<Duration> remembered =
                env.text("KEPTN_HSTS_MAX_AGE").map(_ -> env.duration("KEPTN_HSTS_MAX_AGE", Duration.ZERO));
        return env.parsed("KEPTN_TLS_CERT_FILE", file -> {
            TlsFiles files = new TlsFiles(
                    Path.of(file),
                    key.orElseThrow(() -> new IllegalArgumentException("is set, and KEPTN_TLS_KEY_FILE is not")));
            return new Tls(files.checked(), remembered);
        });
    }

    private static Auth auth(Env env) {
        return new Auth(
                env.secret("KEPTN_API_TOKEN"),
                env.text("KEPTN_API_TOKEN_SECRET", "keptn-api-token"),
                env.parsed("KEPTN_TRUSTED_PROXIES", TrustedProxies::parse).orElseGet(() -> TrustedProxies.parse("")),
                env.number("KEPTN_WRONG_TOKENS_PER_SECOND", 1, 1, 1000),
                env.number("KEPTN_WRONG_TOKENS_BURST", 10, 1, 1000),
                env.flag("KEPTN_KUBERNETES_TOKENS", false),
                Arrays.stream(env.text("KEPTN_KUBERNETES_TOKEN_AUDIENCES", "").split(",", -1))
                        .map(String::strip)
                        .filter(audience -> !audience.isEmpty())
                        .toList());
    }

    private static Git git(Env env) {
        return new Git(
                env.path("KEPTN_DATA_DIR", Path.of("/data")),
                new GitAuthor(
                        env.text("KEPTN_GIT_AUTHOR_NAME", GitAuthor.KEPTN.name()),
                        env.text("KEPTN_GIT_AUTHOR_EMAIL", GitAuthor.KEPTN.email())),
                new AddressPolicy(
                        env.flag("KEPTN_ALLOW_LOOPBACK_UPSTREAMS", false),
                        env.flag("KEPTN_ALLOW_PRIVATE_UPSTREAMS", true)),
                env.text("KEPTN_GIT_PROVISIONING_URL"),
                env.flag("KEPTN_HIDE_PROVISIONED_URL", false),
                env.text("KEPTN_WEBHOOK_SECRET"));
    }
}
