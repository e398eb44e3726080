package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;

/** Makes the cluster hold a service's objects, and nothing else of that service. */
public final class Applier {
    private static final int ATTEMPTS = 3;
    private static final PatchContext FIRST = context(false);
    private static final PatchContext AGAIN = context(true);

    private final Access access;
    private final DeployedObjects deployed;
    private final Namespaces namespaces;
    private final ObjectChecks checks;
    private final Replicas replicas;
    private final Pruner pruner;
    private final LabelledObjects labelled;

    public Applier(Access access, DeployedObjects deployed, ApplySettings settings) {
        KubernetesClient own = access.own();
        Rights rights = new Rights(own, settings);
        this.access = access;
        this.deployed = deployed;
        this.namespaces = new Namespaces(own, settings, rights);
        this.checks = new ObjectChecks(access.kinds()::find, settings);
        this.replicas = new Replicas(own);
        this.pruner = new Pruner(access, namespaces, rights, deployed);
        this.labelled = new LabelledObjects(access, namespaces, rights);
    }

    /**
     * Brings all objects into the cluster by server-side apply, in the order of their kinds. All are checked before the
     * first is applied; it stops at the first that the API server does not take.
     *
     * @param revision the revision they come from, noted on each
     * @param known the inventory: what was applied before
     */
    public ApplyResult apply(
            Target target, String revision, List<GenericKubernetesResource> objects, Set<InventoryEntry> known) {
        try {
            return switch (checks.check(target, revision, objects)) {
                case ObjectChecks.Checked.Rejected(Problem problem) -> problem.after(List.of());
                case ObjectChecks.Checked.Accepted(List<Prepared> prepared) -> {
                    Optional<Problem> problem = namespaces.prepare(target);
                    yield problem.isPresent() ? problem.get().after(List.of()) : applyAll(target, prepared, known);
                }
            };
        } catch (KubernetesClientException e) {
            return ApiAnswers.asking("namespace " + target.namespace(), e).after(List.of());
        }
    }

    /** Deletes what is asked for no more, as far as it is still ours. */
    public PruneResult prune(Target target, Collection<InventoryEntry> vanished) {
        return pruner.prune(target, vanished);
    }

    /** What carries the target's labels and was applied by us: the inventory, where the status was lost. */
    public List<InventoryEntry> labelled(Target target) {
        return labelled.of(target);
    }

    private ApplyResult applyAll(Target target, List<Prepared> prepared, Set<InventoryEntry> known) {
        KubernetesClient client = access.as(target);
        Map<Prepared, Optional<LiveObject>> found = new LinkedHashMap<>();
        for (Prepared object : prepared) {
            try {
                Optional<LiveObject> live = look(client, target, object, known);
                Optional<Problem> problem = live.flatMap(there -> objection(target, object, there, known));
                if (problem.isPresent()) {
                    return problem.get().after(List.of());
                }
                found.put(object, live);
            } catch (KubernetesClientException e) {
                return refused(object, e).after(List.of());
            }
        }
        List<Change> done = new ArrayList<>();
        for (Prepared object : prepared) {
            try {
                Outcome outcome =
                        applyOne(client, target, object, found.getOrDefault(object, Optional.empty()), prepared, known);
                switch (outcome) {
                    case Outcome.Taken(Change change) -> done.add(change);
                    case Outcome.Stopped(Problem problem) -> {
                        return problem.after(done);
                    }
                }
            } catch (KubernetesClientException e) {
                return refused(object, e).after(done);
            }
        }
        return new ApplyResult.Applied(done);
    }

    private Problem refused(Prepared object, KubernetesClientException e) {
        if (ApiAnswers.missing(e) || ApiAnswers.forbidden(e)) {
            namespaces.doubt(object.entry().namespace());
        }
        return ApiAnswers.applying(object.entry(), e);
    }

    /** The object as it is: by the watch where that knows it and nothing is wrong with it, else by a request. */
    private Optional<LiveObject> look(
            KubernetesClient client, Target target, Prepared object, Set<InventoryEntry> known) {
        Optional<LiveObject> watched = deployed.known(ObjectName.of(object.object()))
                .filter(live -> objection(target, object, live, known).isEmpty());
        return watched.isPresent() ? watched : ask(client, object);
    }

    private static Optional<LiveObject> ask(KubernetesClient client, Prepared object) {
        return Optional.ofNullable(resource(client, object).get()).map(LiveObject::of);
    }

    /** Why an object that is there must not be applied over. */
    private static Optional<Problem> objection(
            Target target, Prepared object, LiveObject there, Set<InventoryEntry> known) {
        String words = ObjectName.words(object.entry());
        if (there.owner().isEmpty() || !there.owner().get().equals(target.owner())) {
            String whose = there.owner()
                    .map(owner -> "belongs to " + owner)
                    .orElse(
                            known.contains(object.entry())
                                    ? "was ours, but lacks our labels now"
                                    : "exists and was made by somebody else (" + there.writer() + ")");
            return Optional.of(Problem.forPeople(
                    Reason.NAME_CONFLICT, words + " " + whose + "; it is left as it is: rename one, or delete it"));
        }
        return there.terminating()
                ? Optional.of(Problem.passing(Reason.APPLY_FAILED, words + " is being deleted; waiting for its end"))
                : Optional.empty();
    }

    /** Applies one object; what happened to it since it was looked at is looked at again. */
    private Outcome applyOne(
            KubernetesClient client,
            Target target,
            Prepared object,
            Optional<LiveObject> first,
            List<Prepared> all,
            Set<InventoryEntry> known) {
        Optional<LiveObject> live = first;
        for (int attempt = 1; ; attempt++) {
            if (live.isPresent() && live.get().left()) {
                return new Outcome.Taken(new Change(object.entry(), Action.LEFT));
            }
            try {
                return new Outcome.Taken(new Change(object.entry(), patch(client, object, live, all)));
            } catch (KubernetesClientException e) {
                if (!ApiAnswers.conflict(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                deployed.forget(ObjectName.of(object.object()));
                live = ask(client, object);
                Optional<Problem> problem = live.flatMap(there -> objection(target, object, there, known));
                if (problem.isPresent()) {
                    return new Outcome.Stopped(problem.get());
                }
            }
        }
    }

    private Action patch(KubernetesClient client, Prepared object, Optional<LiveObject> live, List<Prepared> all) {
        deployed.writing(ObjectName.of(object.object()));
        if (live.isEmpty()) {
            deployed.applied(resource(client, object).patch(FIRST, object.object()));
            return Action.CREATED;
        }
        LiveObject before = live.get();
        Prepared wanted = pinned(replicas.over(before, object, all), before.uid());
        LiveObject after = deployed.applied(resource(client, wanted).patch(AGAIN, wanted.object()));
        return after.digest().equals(before.digest()) ? Action.UNCHANGED : Action.CONFIGURED;
    }

    /** With the UID of the object that was found to be ours: should it be another by now, the API server refuses. */
    private static Prepared pinned(Prepared object, String uid) {
        GenericKubernetesResource copy = new GenericKubernetesResource();
        copy.setApiVersion(object.object().getApiVersion());
        copy.setKind(object.object().getKind());
        copy.setMetadata(new ObjectMetaBuilder(object.object().getMetadata())
                .withUid(uid)
                .build());
        copy.setAdditionalProperties(object.object().getAdditionalProperties());
        return new Prepared(object.kind(), copy);
    }

    private static Resource<GenericKubernetesResource> resource(KubernetesClient client, Prepared object) {
        var kind = client.genericKubernetesResources(object.kind().context());
        return object.kind().namespaced()
                ? kind.inNamespace(object.object().getMetadata().getNamespace()).resource(object.object())
                : kind.resource(object.object());
    }

    private static PatchContext context(boolean force) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FieldManagers.OPERATOR)
                .withForce(force)
                .build();
    }

    private sealed interface Outcome {
        record Taken(Change change) implements Outcome {}

        record Stopped(Problem problem) implements Outcome {}
    }
}
