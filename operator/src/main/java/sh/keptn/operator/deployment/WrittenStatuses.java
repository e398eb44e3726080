package sh.keptn.operator.deployment;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;

/**
 * Writes statuses, and remembers each until the cache shows it too: a pass that believed an older one would take what
 * runs for another revision than it is.
 */
final class WrittenStatuses implements Recorder {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FieldManagers.OPERATOR_STATUS)
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final Map<String, KeptnServiceDeployment> written = new ConcurrentHashMap<>();

    WrittenStatuses(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void record(KeptnServiceDeployment resource, KeptnServiceDeploymentStatus status) {
        try {
            KeptnServiceDeployment answer = client.resource(patch(resource, status))
                    .subresource("status")
                    .patch(APPLY);
            written.put(resource.getMetadata().getUid(), answer);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            // It is gone, and nobody asks for its status any more.
        }
    }

    /** The resource as the cache has it, or as it was when its status was written if the cache is not so far. */
    KeptnServiceDeployment freshest(KeptnServiceDeployment cached) {
        String uid = cached.getMetadata().getUid();
        KeptnServiceDeployment known = written.get(uid);
        if (known == null) {
            return cached;
        }
        if (version(cached) >= version(known)) {
            written.remove(uid, known);
            return cached;
        }
        return known;
    }

    void forget(String uid) {
        written.remove(uid);
    }

    private static long version(HasMetadata resource) {
        return Long.parseLong(resource.getMetadata().getResourceVersion());
    }

    /** A fresh object: the one at hand is the cache's. */
    private static KeptnServiceDeployment patch(
            KeptnServiceDeployment deployment, KeptnServiceDeploymentStatus status) {
        KeptnServiceDeployment patch = new KeptnServiceDeployment();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(deployment.getMetadata().getName())
                .withNamespace(deployment.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
