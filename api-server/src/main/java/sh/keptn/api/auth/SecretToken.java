package sh.keptn.api.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.core.config.Secret;

/** The token in a Kubernetes Secret, under a key of the same name as Keptn's Secret. Followed: a new one needs no restart. */
public final class SecretToken implements TokenSource {
    private static final String KEY = "keptn-api-token";

    private final Cluster cluster;
    private final String name;

    public SecretToken(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    @Override
    public Optional<Secret> token() {
        return cluster.secrets()
                .cached(name)
                .flatMap(secret -> Optional.ofNullable(secret.getData()))
                .map((Map<String, String> data) -> data.get(KEY))
                .map(encoded -> new Secret(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8)));
    }
}
