package sh.keptn.operator.health;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.operator.apply.Access;
import sh.keptn.operator.apply.DeployedObjects;
import sh.keptn.operator.apply.Target;

/**
 * Looks at a service's objects and says how they are. Watched kinds cost no request; kinds whose existence is all there
 * is to them are not asked for; pods are asked for an explanation once a workload has been on its way for a moment.
 */
public final class HealthAssessor {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Set<String> WELL_ONCE_THERE = Set.of(
            "ConfigMap",
            "Secret",
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ClusterRole",
            "ClusterRoleBinding",
            "NetworkPolicy",
            "ResourceQuota",
            "LimitRange",
            "PriorityClass",
            "StorageClass",
            "IngressClass");

    private final Access access;
    private final DeployedObjects deployed;
    private final Explanations explanations;
    private final Clock clock;

    public HealthAssessor(Access access, DeployedObjects deployed, Clock clock) {
        this.access = access;
        this.deployed = deployed;
        this.explanations = new Explanations(access.own());
        this.clock = clock;
    }

    /** The health of all entries together: the worst of them, with the message of the first that is not well. */
    public Health assess(Target target, Collection<InventoryEntry> entries) {
        List<GenericKubernetesResource> seen = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        Optional<Verdict.Failed> failed = Optional.empty();
        for (InventoryEntry entry : entries) {
            if (WELL_ONCE_THERE.contains(entry.kind()) && !deployed.watches(entry)) {
                continue;
            }
            Optional<GenericKubernetesResource> found;
            try {
                found = deployed.live(entry).or(() -> ask(target, entry));
            } catch (KubernetesClientException e) {
                waiting.add(words(entry) + " cannot be read: HTTP " + e.getCode());
                continue;
            }
            if (found.isEmpty()) {
                waiting.add(words(entry) + " is not there");
                continue;
            }
            GenericKubernetesResource object = found.get();
            seen.add(object);
            switch (ObjectRules.verdict(object)) {
                case Verdict.Current current -> {}
                case Verdict.InProgress(String message) -> waiting.add(words(entry) + " " + explained(object, message));
                case Verdict.Failed(var reason, String message) -> {
                    if (failed.isEmpty()) {
                        failed = Optional.of(
                                new Verdict.Failed(reason, words(entry) + " " + explained(object, message)));
                    }
                }
            }
        }
        Health.Footprint footprint = Footprints.of(seen);
        if (failed.isPresent()) {
            return new Health.Unhealthy(failed.get().reason(), failed.get().message(), footprint);
        }
        if (waiting.isEmpty()) {
            return new Health.Healthy(footprint);
        }
        String more = waiting.size() == 1 ? "" : "; and " + (waiting.size() - 1) + " more";
        return new Health.Progressing(waiting.getFirst() + more, footprint);
    }

    private String explained(GenericKubernetesResource object, String message) {
        if (young(object)) {
            return message;
        }
        return explanations.why(object).map(why -> message + ", " + why).orElse(message);
    }

    /** What was made or got on this moment needs no explanation: most of it is well before one could be asked for. */
    private boolean young(GenericKubernetesResource object) {
        Optional<String> progress = Fields.of(object)
                .in("status")
                .condition("Progressing")
                .flatMap(condition -> condition.text("lastUpdateTime"));
        return Stream.concat(
                        Optional.ofNullable(object.getMetadata().getCreationTimestamp()).stream(), progress.stream())
                .anyMatch(time -> Instant.parse(time).plus(PATIENCE).isAfter(clock.instant()));
    }

    private Optional<GenericKubernetesResource> ask(Target target, InventoryEntry entry) {
        if (deployed.watches(entry) && deployed.ready()) {
            return Optional.empty();
        }
        return access.read(target, entry);
    }

    private static String words(InventoryEntry entry) {
        return entry.kind() + " " + entry.name();
    }
}
