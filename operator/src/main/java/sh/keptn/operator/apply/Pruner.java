package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;

/**
 * Deletes what is asked for no more, in the opposite order of applying. Only what an inventory names and what still
 * carries the target's labels is touched.
 */
final class Pruner {
    private static final int ATTEMPTS = 3;

    private final Access access;
    private final Namespaces namespaces;
    private final Rights rights;
    private final DeployedObjects deployed;

    Pruner(Access access, Namespaces namespaces, Rights rights, DeployedObjects deployed) {
        this.access = access;
        this.namespaces = namespaces;
        this.rights = rights;
        this.deployed = deployed;
    }

    /** What became of one object. */
    private enum Fate {
        DELETED,
        DROPPED,
        TERMINATING
    }

    PruneResult prune(Target target, Collection<InventoryEntry> vanished) {
        List<InventoryEntry> deleted = new ArrayList<>();
        List<InventoryEntry> terminating = new ArrayList<>();
        List<InventoryEntry> failed = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Boolean> usable = new HashMap<>();
        List<InventoryEntry> backwards =
                vanished.stream().sorted(ApplyOrder.COMPARATOR.reversed()).toList();
        for (InventoryEntry entry : backwards) {
            try {
                if (!usable.computeIfAbsent(entry.namespace(), namespace -> open(target, namespace))) {
                    continue;
                }
                switch (delete(target, entry)) {
                    case DELETED -> deleted.add(entry);
                    case DROPPED -> {}
                    case TERMINATING -> terminating.add(entry);
                }
            } catch (KubernetesClientException e) {
                if (ApiAnswers.terminating(e)) {
                    continue;
                }
                failed.add(entry);
                problems.add(new Problem(
                        Reason.PRUNE_FAILED,
                        ObjectName.words(entry) + " could not be deleted: " + ApiAnswers.reason(e, false),
                        true));
            }
        }
        if (!problems.isEmpty()) {
            failed.addAll(terminating);
            String more = problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more";
            return new PruneResult.Failed(
                    Reason.PRUNE_FAILED, problems.getFirst().message() + more, deleted, failed);
        }
        return terminating.isEmpty()
                ? new PruneResult.Pruned(deleted)
                : new PruneResult.Waiting(
                        "waiting for the end of " + ObjectName.words(terminating.getFirst())
                                + (terminating.size() == 1 ? "" : " and " + (terminating.size() - 1) + " more"),
                        deleted,
                        terminating);
    }

    /**
     * Whether objects in a namespace are to be deleted one by one. A namespace that is gone took them along; one that is
     * going does, and may refuse us meanwhile: nothing waits for it, so that no deletion hangs on another.
     */
    private boolean open(Target target, String namespace) {
        if (namespace.isEmpty()) {
            return true;
        }
        if (!namespaces.usable(namespace)) {
            return false;
        }
        rights.grant(namespace, target.serviceAccount().isPresent());
        return true;
    }

    private Fate delete(Target target, InventoryEntry entry) {
        Optional<ApiKind> kind = access.kinds().find(entry.apiVersion(), entry.kind());
        if (kind.isEmpty()) {
            // Its definition is gone, and with it every object of the kind.
            return Fate.DROPPED;
        }
        for (int attempt = 1; ; attempt++) {
            Resource<GenericKubernetesResource> resource = access.resource(target, kind.get(), entry);
            GenericKubernetesResource found = resource.get();
            if (found == null) {
                return Fate.DROPPED;
            }
            LiveObject live = LiveObject.of(found);
            if (live.left() || !live.owner().filter(target.owner()::equals).isPresent()) {
                return Fate.DROPPED;
            }
            if (live.terminating()) {
                return Fate.TERMINATING;
            }
            try {
                deployed.writing(ObjectName.of(entry));
                // In the background: whatever else the object owns goes after it.
                resource.lockResourceVersion(live.version()).delete();
                GenericKubernetesResource after = resource.get();
                return after != null && live.uid().equals(after.getMetadata().getUid())
                        ? Fate.TERMINATING
                        : Fate.DELETED;
            } catch (KubernetesClientException e) {
                if (!ApiAnswers.conflict(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
