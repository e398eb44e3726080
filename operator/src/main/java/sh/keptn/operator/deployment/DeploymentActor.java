package sh.keptn.operator.deployment;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.crds.Reason;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.operator.apply.Applier;
import sh.keptn.operator.apply.ApplyResult;
import sh.keptn.operator.apply.PruneResult;
import sh.keptn.operator.apply.Target;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.render.FolderContent;
import sh.keptn.operator.render.FolderReader;
import sh.keptn.operator.render.RenderRequest;
import sh.keptn.operator.render.Renderer;
import sh.keptn.operator.render.Rendering;

/**
 * Renders a folder, brings its objects into the cluster and takes away what they replace. What is about to be made is
 * recorded before, so that a process which ends in the middle leaves nothing behind that nobody knows.
 */
final class DeploymentActor {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final GitStore store;
    private final FolderReader folders;
    private final Renderer renderer;
    private final Applier applier;
    private final Recorder recorder;

    /** How many deployments talk to the API server at the same time, however many wait for it. */
    private final Semaphore lanes;

    DeploymentActor(
            GitStore store, FolderReader folders, Renderer renderer, Applier applier, Recorder recorder, int lanes) {
        this.store = store;
        this.folders = folders;
        this.renderer = renderer;
        this.applier = applier;
        this.recorder = recorder;
        this.lanes = new Semaphore(lanes, true);
    }

    /** One deployment that is worked on: its resource, what it wants, where it is, and the status in the making. */
    record Work(
            KeptnServiceDeployment resource,
            DeploymentIntent intent,
            DeploymentObserver.Place place,
            Target target,
            Memory memory,
            DeploymentDraft draft) {}

    /** Brings a folder into the cluster; the draft tells afterwards how far that went. */
    RollOut rollOut(Work work, Candidate candidate) {
        lanes.acquireUninterruptibly();
        try {
            work.draft().attempting(candidate.revision());
            return switch (render(work, candidate)) {
                case Rendering.Nothing(String why) -> clear(work, candidate.tree(), why);
                case Rendering.Objects objects -> apply(work, candidate, objects);
            };
        } catch (KeptnException e) {
            return broken(work, unrendered(candidate, e.error()));
        } finally {
            lanes.release();
        }
    }

    /** Takes everything away that was applied before. */
    RollOut clear(Work work, String why) {
        if (work.memory().inventory().isEmpty()) {
            return clear(work, Optional.empty(), why);
        }
        lanes.acquireUninterruptibly();
        try {
            return clear(work, Optional.empty(), why);
        } finally {
            lanes.release();
        }
    }

    private RollOut clear(Work work, Optional<String> tree, String why) {
        List<InventoryEntry> pruned = List.of();
        if (work.intent().spec().prunes()) {
            PruneResult result = applier.prune(work.target(), work.memory().inventory());
            work.draft().inventory(result.remaining());
            Optional<Outcome> hindrance = hindrance(result);
            if (hindrance.isPresent()) {
                return broken(work, hindrance.get());
            }
            pruned = result.deleted();
        } else {
            work.draft().inventory(List.of());
        }
        work.draft().nothing(tree, why);
        return new RollOut.Nothing(why, pruned);
    }

    private Rendering render(Work work, Candidate candidate) {
        DeploymentIntent intent = work.intent();
        FolderContent folder = folders.read(
                store,
                work.place().upstream(),
                candidate.revision().commit(),
                work.place().folder());
        return renderer.render(new RenderRequest(
                intent.project(),
                intent.stage(),
                intent.service(),
                work.target().namespace(),
                intent.spec().sourceOrDefault(),
                Optional.ofNullable(intent.spec().path()),
                folder));
    }

    /** What is wrong in a folder is a person's to mend, there. */
    private static Outcome unrendered(Candidate candidate, KeptnError error) {
        boolean inFolder = error instanceof KeptnError.Invalid
                || error instanceof KeptnError.TooLarge
                || error instanceof KeptnError.DeadlineExceeded;
        return inFolder
                ? new Outcome.Stalled(Reason.RENDER_FAILED, candidate.revision() + ": " + error.message())
                : Faults.outcome(error);
    }

    private RollOut apply(Work work, Candidate candidate, Rendering.Objects rendering) {
        List<InventoryEntry> known = work.memory().inventory();
        List<InventoryEntry> ahead = Inventories.union(
                known, Inventories.of(rendering.objects(), work.target().namespace()));
        if (ahead.size() > known.size()) {
            work.draft().inventory(ahead);
            recorder.record(
                    work.resource(),
                    work.draft()
                            .status(new Outcome.Waiting(Reason.PROGRESSING, "applying " + candidate.revision(), SOON)));
        }
        ApplyResult result = applier.apply(
                work.target(), candidate.revision().text(), rendering.objects(), new LinkedHashSet<>(known));
        return switch (result) {
            case ApplyResult.Refused refused -> {
                work.draft().inventory(Inventories.union(known, entries(refused)));
                yield broken(work, new Outcome.Stalled(refused.reason(), refused.message()));
            }
            // Whether the one that failed was made cannot be known: all stay in the inventory.
            case ApplyResult.Failed failed -> broken(work, new Outcome.Failed(failed.reason(), failed.message()));
            case ApplyResult.Applied applied -> replace(work, candidate, rendering, applied);
        };
    }

    private RollOut replace(Work work, Candidate candidate, Rendering.Objects rendering, ApplyResult.Applied applied) {
        List<InventoryEntry> done = entries(applied);
        work.draft().applied(candidate.revision(), candidate.tree().orElseThrow(), rendering.engine());
        List<InventoryEntry> vanished = Inventories.without(work.memory().inventory(), done);
        if (vanished.isEmpty() || !work.intent().spec().prunes()) {
            work.draft().inventory(done);
            return new RollOut.Applied(applied.done(), List.of());
        }
        PruneResult pruned = applier.prune(work.target(), vanished);
        work.draft().inventory(Inventories.union(done, pruned.remaining()));
        return hindrance(pruned)
                .map(outcome -> {
                    work.draft().appliedHalf(outcome.reason(), outcome.message());
                    return (RollOut) new RollOut.Broken(outcome);
                })
                .orElseGet(() -> new RollOut.Applied(applied.done(), pruned.deleted()));
    }

    /** Takes objects away for good, as their resource goes. */
    PruneResult takeAway(Target target, Collection<InventoryEntry> entries) {
        lanes.acquireUninterruptibly();
        try {
            return applier.prune(target, entries);
        } finally {
            lanes.release();
        }
    }

    /** What keeps pruning from its end. */
    static Optional<Outcome> hindrance(PruneResult result) {
        return switch (result) {
            case PruneResult.Pruned pruned -> Optional.empty();
            case PruneResult.Waiting waiting ->
                Optional.of(new Outcome.Waiting(Reason.PROGRESSING, waiting.message(), SOON));
            case PruneResult.Failed failed -> Optional.of(new Outcome.Failed(failed.reason(), failed.message()));
        };
    }

    private static RollOut broken(Work work, Outcome outcome) {
        work.draft().notApplied(outcome.reason(), outcome.message());
        return new RollOut.Broken(outcome);
    }

    private static List<InventoryEntry> entries(ApplyResult result) {
        return result.done().stream().map(change -> change.entry()).toList();
    }
}
