package sh.keptn.operator.apply;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;
import sh.keptn.crds.deployment.InventoryEntry;

/**
 * The clients through which objects are written: the operator's own, and one for each service account it acts as. They
 * share the operator's connections, and give up sooner than it does: a pass that is tried again with growing pauses is
 * better than one that lingers. A busy API server's Retry-After is honoured.
 */
public final class Access {
    private static final int MOST = 1000;
    private static final int RETRIES = 3;

    private final KubernetesClient own;
    private final KubernetesClient hurried;
    private final Kinds kinds;
    private final Cache<String, KubernetesClient> accounts =
            Caffeine.newBuilder().maximumSize(MOST).build();

    public Access(KubernetesClient own) {
        this.own = own;
        this.hurried = derived(new RequestConfigBuilder(own.getConfiguration().getRequestConfig()));
        this.kinds = new Kinds(own);
    }

    /** The operator's own client. */
    public KubernetesClient own() {
        return own;
    }

    /** The client that acts as the target's service account, or the operator's own where it names none. */
    public KubernetesClient as(Target target) {
        return as(target, target.namespace());
    }

    /** An object as it is now, read with the target's rights; empty if it, or its kind, is not there. */
    public Optional<GenericKubernetesResource> read(Target target, InventoryEntry entry) {
        return kinds.find(entry.apiVersion(), entry.kind())
                .map(kind -> resource(target, kind, entry).get());
    }

    /** Where an object of a kind is read and deleted, with the target's rights in the object's namespace. */
    Resource<GenericKubernetesResource> resource(Target target, ApiKind kind, InventoryEntry entry) {
        var resources = as(target, entry.namespace()).genericKubernetesResources(kind.context());
        return kind.namespaced()
                ? resources.inNamespace(entry.namespace()).withName(entry.name())
                : resources.withName(entry.name());
    }

    Kinds kinds() {
        return kinds;
    }

    /** The same for a namespace that the target had before. */
    KubernetesClient as(Target target, String namespace) {
        return target.serviceAccount()
                .map(account -> accounts.get("system:serviceaccount:" + namespace + ":" + account, this::impersonating))
                .orElse(hurried);
    }

    private KubernetesClient impersonating(String user) {
        return derived(
                new RequestConfigBuilder(own.getConfiguration().getRequestConfig()).withImpersonateUsername(user));
    }

    private KubernetesClient derived(RequestConfigBuilder config) {
        return own.newClient(config.withRequestRetryBackoffLimit(RETRIES).build())
                .adapt(KubernetesClient.class);
    }
}
