package sh.keptn.api.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate for whoever connects now. The files are looked at by the handshakes, at most once a second: new ones
 * count without a restart, and by their content, so it is no matter how they are put there. What cannot be served (a new
 * certificate beside the old key, say) is logged once, and the last good one stays.
 */
public final class ServingCertificate extends X509ExtendedKeyManager {
    private static final Logger log = LoggerFactory.getLogger(ServingCertificate.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TlsFiles files;
    private final Clock clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Instant lookedAt;
    private volatile Served served;
    private volatile String complaint = "";

    /**
     * What is served, and what was before: a handshake that has begun ends with what it began with.
     *
     * @param number tells the two apart
     */
    private record Served(long number, TlsFiles.Content content, Identity identity, Optional<Identity> before) {
        Optional<Identity> called(@Nullable String alias) {
            if (alias == null) {
                return Optional.empty();
            }
            if (alias.equals(Long.toString(number))) {
                return Optional.of(identity);
            }
            return alias.equals(Long.toString(number - 1)) ? before : Optional.empty();
        }
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException that names the file and says what is wrong with it
     */
    public ServingCertificate(TlsFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
        TlsFiles.Content content = files.content();
        this.served = new Served(1, content, Identity.of(files, content), Optional.empty());
        this.lookedAt = clock.instant();
        tell(served.identity());
    }

    /** For servers: TLS 1.2 and 1.3, for the JDK allows no older one. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {this}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        return served.called(alias)
                .map(identity -> identity.chain().toArray(X509Certificate[]::new))
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        return served.called(alias).map(Identity::key).orElse(null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private @Nullable String alias(String keyType) {
        lookAgain();
        Served now = served;
        return keyType.equals(now.identity().keyType()) ? Long.toString(now.number()) : null;
    }

    private void lookAgain() {
        Instant now = clock.instant();
        if (Duration.between(lookedAt, now).compareTo(PAUSE) < 0 || !looking.tryLock()) {
            return;
        }
        try {
            lookedAt = now;
            reload();
        } finally {
            looking.unlock();
        }
    }

    private void reload() {
        Served before = served;
        try {
            TlsFiles.Content content = files.content();
            if (!content.isSameAs(before.content())) {
                Identity identity = Identity.of(files, content);
                served = new Served(before.number() + 1, content, identity, Optional.of(before.identity()));
                tell(identity);
            }
            complaint = "";
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            if (!why.equals(complaint)) {
                log.atWarn().log("the TLS certificate was not renewed, the last good one stays: {}", why);
            }
            complaint = why;
        }
    }

    private void tell(Identity identity) {
        X509Certificate own = identity.chain().getFirst();
        Instant end = own.getNotAfter().toInstant();
        if (end.isBefore(clock.instant())) {
            log.atWarn()
                    .addKeyValue("subject", own.getSubjectX500Principal())
                    .addKeyValue("expired", end)
                    .log("the TLS certificate that is served has expired");
        } else {
            log.atInfo()
                    .addKeyValue("subject", own.getSubjectX500Principal())
                    .addKeyValue("expires", end)
                    .log("TLS certificate read");
        }
    }
}
