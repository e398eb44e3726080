package sh.keptn.api.secret;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.secret.OwnSecrets.Outcome;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Secrets of integrations. A name that somebody else uses, or that is reserved, is taken to whoever wants to make a secret
 * of it, and is not there to everybody else.
 */
public final class Secrets {
    private static final Logger log = LoggerFactory.getLogger(Secrets.class);
    private static final int ATTEMPTS = 10;

    private final Scopes scopes;
    private final ReservedNames reserved;
    private final OwnSecrets own;
    private final ScopeGrants grants;

    public Secrets(Cluster cluster, Scopes scopes, ReservedNames reserved) {
        this.scopes = scopes;
        this.reserved = reserved;
        this.own = new OwnSecrets(cluster, reserved);
        this.grants = new ScopeGrants(cluster, own);
    }

    /** What may be said about a secret. */
    record Known(SecretName name, String scope, List<String> keys) {
        Known {
            keys = List.copyOf(keys);
        }
    }

    Scopes scopes() {
        return scopes;
    }

    /** Those with that name and that scope, where one is given. */
    List<Known> list(Optional<String> name, Optional<String> scope) {
        return own.list().stream()
                .map(Secrets::known)
                .filter(known ->
                        name.isEmpty() || name.get().equals(known.name().value()))
                .filter(known -> scope.isEmpty() || scope.get().equals(known.scope()))
                .toList();
    }

    /**
     * Makes a secret from the body of a request, in the default scope if it names none.
     *
     * @return its name and scope
     * @throws KeptnException {@code AlreadyExists}; {@code Conflict} for a name that is not to be had
     */
    public SecretView create(byte[] json) {
        GivenSecret given = GivenSecret.parse(json, scopes, Optional.of(Scopes.BY_DEFAULT));
        create(given);
        return SecretView.of(given);
    }

    private void create(GivenSecret given) {
        if (reserved.include(given.name().value())) {
            throw taken(given.name());
        }
        if (own.create(given) == Outcome.STALE) {
            throw own.find(given.name())
                    .map(_ -> new KeptnException(
                            new KeptnError.AlreadyExists("secret", given.name().value())))
                    .orElseGet(() -> taken(given.name()));
        }
        try {
            grants.settle(given.scope());
        } catch (KeptnException e) {
            undo(given, e);
            throw e;
        }
        log(given.name(), given.scope().name(), "secret created");
    }

    private void undo(GivenSecret given, KeptnException reason) {
        try {
            own.find(given.name()).ifPresent(own::delete);
        } catch (KeptnException e) {
            reason.addSuppressed(e);
        }
    }

    /** Replaces all keys of a secret, and its scope if the request names another. */
    SecretView update(byte[] json) {
        GivenSecret given = GivenSecret.parse(json, scopes, Optional.empty());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Secret there = own.find(given.name()).orElseThrow(() -> absent(given.name()));
            Optional<Scope> before =
                    ScopeLabels.scope(there).flatMap(scopes::find).filter(scope -> !scope.equals(given.scope()));
            // Before the values are new: those who may see the old ones need not see these.
            before.ifPresent(scope -> grants.settleWithout(scope, given.name()));
            if (own.replace(there, given) == Outcome.DONE) {
                grants.settle(given.scope());
                log(given.name(), given.scope().name(), "secret updated");
                return SecretView.of(given);
            }
        }
        throw contended(given.name());
    }

    /** Takes the secret away, and the right to read what will have its name next. */
    void delete(String text, String scopeName) {
        Scope scope = scopes.require(scopeName);
        SecretName name = new SecretName(text);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Secret there = own.find(name)
                    .filter(found -> ScopeLabels.areOn(found, scope))
                    .orElseThrow(() -> absent(name));
            grants.settleWithout(scope, name);
            if (own.delete(there) == Outcome.DONE) {
                grants.settle(scope);
                log(name, scope.name(), "secret deleted");
                return;
            }
        }
        throw contended(name);
    }

    private static Known known(Secret secret) {
        return new Known(
                new SecretName(secret.getMetadata().getName()),
                ScopeLabels.scope(secret).orElse(""),
                Optional.ofNullable(secret.getData()).stream()
                        .flatMap(data -> data.keySet().stream())
                        .sorted()
                        .toList());
    }

    private static KeptnException taken(SecretName name) {
        return new KeptnException(new KeptnError.Conflict("the secret name '" + name + "' is not available"));
    }

    private static KeptnException absent(SecretName name) {
        return KeptnException.notFound("secret", name.value());
    }

    private static KeptnException contended(SecretName name) {
        return new KeptnException(
                new KeptnError.Unavailable("others keep changing the secret '" + name + "'", Duration.ofSeconds(1)));
    }

    private static void log(SecretName name, String scope, String message) {
        log.atInfo().addKeyValue("secret", name).addKeyValue("scope", scope).log(message);
    }
}
