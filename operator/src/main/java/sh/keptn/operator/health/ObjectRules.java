package sh.keptn.operator.health;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Optional;

/**
 * How an object is, by the rules of kstatus: from its generation, its spec and its status alone. Kinds that kstatus has
 * no rule for follow the conditions that custom resources have agreed on, or are well once they exist.
 */
final class ObjectRules {
    private static final String TRUE = "True";
    private static final String FALSE = "False";

    private ObjectRules() {}

    static Verdict verdict(GenericKubernetesResource object) {
        String group = object.getApiVersion().indexOf('/') < 0
                ? ""
                : object.getApiVersion().substring(0, object.getApiVersion().indexOf('/'));
        Fields all = Fields.of(object);
        Fields spec = all.in("spec");
        Fields status = all.in("status");
        if (object.getMetadata().getDeletionTimestamp() != null) {
            return new Verdict.InProgress("is being deleted");
        }
        Optional<Verdict> behind = behind(object, status);
        return switch (group + "/" + object.getKind()) {
            case "apps/Deployment" -> behind.orElseGet(() -> deployment(spec, status));
            case "apps/StatefulSet" -> behind.orElseGet(() -> statefulSet(spec, status));
            case "apps/DaemonSet" -> behind.orElseGet(() -> daemonSet(status, status.has("observedGeneration")));
            case "apps/ReplicaSet" -> behind.orElseGet(() -> replicaSet(spec, status));
            case "batch/Job" -> job(spec, status);
            case "batch/CronJob" -> Verdict.CURRENT;
            case "/PersistentVolumeClaim" -> claim(status);
            case "/Service" -> service(spec, status);
            case "/Pod" -> pod(status);
            case "policy/PodDisruptionBudget" -> behind.orElseGet(() -> budget(status));
            case "autoscaling/HorizontalPodAutoscaler", "networking.k8s.io/Ingress" -> Verdict.CURRENT;
            default -> behind.orElseGet(() -> conditions(status));
        };
    }

    /** A status that speaks of an older spec says nothing of this one. */
    private static Optional<Verdict> behind(GenericKubernetesResource object, Fields status) {
        Long generation = object.getMetadata().getGeneration();
        if (generation == null || !status.has("observedGeneration")) {
            return Optional.empty();
        }
        return status.number("observedGeneration", 0) < generation
                ? Optional.of(new Verdict.InProgress("its controller has not seen the new spec yet"))
                : Optional.empty();
    }

    private static Verdict deployment(Fields spec, Fields status) {
        if (!status.has("observedGeneration")) {
            return new Verdict.InProgress("its controller has not seen it yet");
        }
        Optional<Fields> progressing = status.condition("Progressing");
        if (progressing.isPresent()
                && "ProgressDeadlineExceeded".equals(progressing.get().text("reason", ""))) {
            return new Verdict.Failed(progressing.get().words("progress deadline exceeded"));
        }
        long wanted = spec.number("replicas", 1);
        long updated = status.number("updatedReplicas", 0);
        long total = status.number("replicas", 0);
        long available = status.number("availableReplicas", 0);
        Optional<Fields> refused = status.condition("ReplicaFailure").filter(condition -> condition.is(TRUE));
        if (updated < wanted || total > updated || available < updated) {
            if (spec.flag("paused")) {
                return new Verdict.InProgress("is paused: " + of(updated, wanted) + " updated");
            }
            if (refused.isPresent()) {
                return new Verdict.InProgress(
                        "pods are not made: " + refused.get().text("message", "ReplicaFailure"));
            }
            if (updated < wanted) {
                return new Verdict.InProgress(of(updated, wanted) + " replicas updated");
            }
            if (total > updated) {
                return new Verdict.InProgress((total - updated) + " old replicas still run");
            }
            return new Verdict.InProgress(of(available, wanted) + " replicas available");
        }
        Optional<Fields> isAvailable = status.condition("Available");
        return isAvailable.isPresent() && isAvailable.get().is(FALSE)
                ? new Verdict.InProgress(isAvailable.get().words("not available"))
                : Verdict.CURRENT;
    }

    private static Verdict statefulSet(Fields spec, Fields status) {
        if (!status.has("observedGeneration")) {
            return new Verdict.InProgress("its controller has not seen it yet");
        }
        Fields update = spec.in("updateStrategy");
        if ("OnDelete".equals(update.text("type", ""))) {
            return Verdict.CURRENT;
        }
        long wanted = spec.number("replicas", 1);
        if (status.number("replicas", 0) < wanted) {
            return new Verdict.InProgress(of(status.number("replicas", 0), wanted) + " replicas made");
        }
        if (status.number("readyReplicas", 0) < wanted) {
            return new Verdict.InProgress(of(status.number("readyReplicas", 0), wanted) + " replicas ready");
        }
        if (status.number("replicas", 0) > wanted) {
            return new Verdict.InProgress((status.number("replicas", 0) - wanted) + " replicas too many still run");
        }
        long partition = update.in("rollingUpdate").number("partition", 0);
        long toUpdate = Math.max(0, wanted - partition);
        if (status.number("updatedReplicas", 0) < toUpdate) {
            return new Verdict.InProgress(of(status.number("updatedReplicas", 0), toUpdate) + " replicas updated");
        }
        boolean settled = partition > 0 || status.text("currentRevision", "").equals(status.text("updateRevision", ""));
        return settled ? Verdict.CURRENT : new Verdict.InProgress("its pods do not run the new revision yet");
    }

    private static Verdict daemonSet(Fields status, boolean seen) {
        if (!seen) {
            return new Verdict.InProgress("its controller has not seen it yet");
        }
        long wanted = status.number("desiredNumberScheduled", 0);
        if (status.number("updatedNumberScheduled", 0) < wanted) {
            return new Verdict.InProgress(of(status.number("updatedNumberScheduled", 0), wanted) + " pods updated");
        }
        if (status.number("numberAvailable", 0) < wanted) {
            return new Verdict.InProgress(of(status.number("numberAvailable", 0), wanted) + " pods available");
        }
        return Verdict.CURRENT;
    }

    private static Verdict replicaSet(Fields spec, Fields status) {
        Optional<Fields> refused = status.condition("ReplicaFailure").filter(condition -> condition.is(TRUE));
        if (refused.isPresent()) {
            return new Verdict.InProgress("pods are not made: " + refused.get().text("message", "ReplicaFailure"));
        }
        long wanted = spec.number("replicas", 1);
        long available = status.number("availableReplicas", 0);
        return available < wanted
                ? new Verdict.InProgress(of(available, wanted) + " replicas available")
                : Verdict.CURRENT;
    }

    private static Verdict job(Fields spec, Fields status) {
        Optional<Fields> failed = status.condition("Failed").filter(condition -> condition.is(TRUE));
        if (failed.isPresent()) {
            return new Verdict.Failed("failed: " + failed.get().words("no reason given"));
        }
        if (status.condition("Complete").filter(condition -> condition.is(TRUE)).isPresent()) {
            return Verdict.CURRENT;
        }
        if (spec.flag("suspend")) {
            return new Verdict.InProgress("is suspended");
        }
        return new Verdict.InProgress(of(status.number("succeeded", 0), spec.number("completions", 1)) + " completed, "
                + status.number("failed", 0) + " failed");
    }

    private static Verdict claim(Fields status) {
        String phase = status.text("phase", "Pending");
        return switch (phase) {
            case "Bound" -> Verdict.CURRENT;
            case "Lost" -> new Verdict.Failed("lost its volume");
            default -> new Verdict.InProgress("is " + phase + ": no volume yet");
        };
    }

    private static Verdict service(Fields spec, Fields status) {
        boolean waits = "LoadBalancer".equals(spec.text("type", ""))
                && status.in("loadBalancer").all("ingress").isEmpty();
        return waits ? new Verdict.InProgress("has no load balancer address yet") : Verdict.CURRENT;
    }

    private static Verdict pod(Fields status) {
        return switch (status.text("phase", "Pending")) {
            case "Succeeded" -> Verdict.CURRENT;
            case "Failed" -> new Verdict.Failed("failed: " + status.words("no reason given"));
            case "Running" ->
                status.condition("Ready").filter(ready -> ready.is(TRUE)).isPresent()
                        ? Verdict.CURRENT
                        : new Verdict.InProgress("is not ready");
            default -> new Verdict.InProgress("is pending");
        };
    }

    private static Verdict budget(Fields status) {
        long healthy = status.number("currentHealthy", 0);
        long wanted = status.number("desiredHealthy", 0);
        return healthy < wanted ? new Verdict.InProgress(of(healthy, wanted) + " pods healthy") : Verdict.CURRENT;
    }

    private static Verdict conditions(Fields status) {
        Optional<Fields> stalled = status.condition("Stalled").filter(condition -> condition.is(TRUE));
        if (stalled.isPresent()) {
            return new Verdict.Failed("is stalled: " + stalled.get().words("no reason given"));
        }
        Optional<Fields> reconciling = status.condition("Reconciling").filter(condition -> condition.is(TRUE));
        if (reconciling.isPresent()) {
            return new Verdict.InProgress("is reconciling: " + reconciling.get().words("no reason given"));
        }
        Optional<Fields> ready = status.condition("Ready").filter(condition -> !condition.is(TRUE));
        return ready.isPresent()
                ? new Verdict.InProgress("is not ready: " + ready.get().words("no reason given"))
                : Verdict.CURRENT;
    }

    private static String of(long some, long all) {
        return some + " of " + all;
    }
}
