package sh.keptn.api.resource;

import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.upstream.ProjectUpstream;
import sh.keptn.api.upstream.ProjectUpstreams;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Location;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/** Finds a place in the repository, and says 404 for a project, stage or service that is not there. */
final class Places {
    private final ProjectUpstreams upstreams;
    private final Cluster cluster;
    private final GitStore store;

    Places(ProjectUpstreams upstreams, Cluster cluster, GitStore store) {
        this.upstreams = upstreams;
        this.cluster = cluster;
        this.store = store;
    }

    /** The project of a place, which has its stage. */
    ProjectUpstream project(Place place) {
        return place.stage()
                .map(stage -> upstreams.of(place.project(), stage))
                .orElseGet(() -> upstreams.of(place.project()));
    }

    /** The place as it is now, or at a revision. */
    Head head(Place place, Optional<Revision> revision, Freshness freshness) {
        ProjectUpstream project = project(place);
        Head head = revision.isPresent() ? at(project, place, revision.get()) : now(project, place, freshness);
        requireFolder(head, place);
        return head;
    }

    /** Where a write goes. The service is known by its resource; a folder that was only just pushed counts as well. */
    Location target(ProjectUpstream project, Place place) {
        Location location = project.layout().locate(place.scope(), project.defaultBranch(store));
        if (place.scope() instanceof Scope.OfService(StageName _, ServiceName service)
                && !known(place.project(), service)) {
            requireFolder(now(project, place, Freshness.REQUIRED), place);
        }
        return location;
    }

    private boolean known(ProjectName project, ServiceName service) {
        return cluster.services()
                .cached(service.resourceName(project))
                .filter(found -> found.getSpec().service().equals(service.value()))
                .isPresent();
    }

    private Head at(ProjectUpstream project, Place place, Revision revision) {
        CommitId commit = store.resolve(project.upstream(), revision.text())
                .orElseThrow(() -> KeptnException.notFound("commit", revision.text()));
        return new Head(project, project.layout().locate(place.scope(), project.defaultBranch(store)), commit, false);
    }

    private Head now(ProjectUpstream project, Place place, Freshness freshness) {
        Upstream upstream = project.upstream();
        Heads heads;
        boolean stale = false;
        try {
            heads = store.heads(upstream);
        } catch (KeptnException e) {
            heads = remembered(upstream, freshness, e);
            stale = true;
        }
        Location location = project.layout().locate(place.scope(), upstream.defaultBranch(heads));
        CommitId commit = heads.of(location.branch()).orElseThrow(() -> branchless(place));
        return new Head(project, location, commit, stale);
    }

    private Heads remembered(Upstream upstream, Freshness freshness, KeptnException failure) {
        boolean passing = failure.error() instanceof KeptnError.Upstream(var fault, String _) && fault.passing();
        if (freshness == Freshness.REQUIRED || !passing) {
            throw failure;
        }
        return store.lastKnownHeads(upstream).orElseThrow(() -> failure);
    }

    private void requireFolder(Head head, Place place) {
        if (head.location().folder().isEmpty()) {
            return;
        }
        boolean there = store.entry(
                        head.upstream(), head.commit(), head.location().folder())
                .filter(entry -> entry.kind() == TreeEntry.Kind.FOLDER)
                .isPresent();
        if (!there) {
            throw folderless(place);
        }
    }

    /** No branch: the stage's own, or in the other layout the project's. */
    private static KeptnException branchless(Place place) {
        return place.stage()
                .map(stage -> KeptnException.notFound("stage", stage.value()))
                .orElseGet(
                        () -> KeptnException.notFound("project", place.project().value()));
    }

    /** A branch, but no such folder on it. */
    private static KeptnException folderless(Place place) {
        return switch (place.scope()) {
            case Scope.OfProject() -> branchless(place);
            case Scope.OfStage(StageName _) -> branchless(place);
            case Scope.OfService(StageName _, ServiceName service) ->
                KeptnException.notFound("service", service.value());
        };
    }
}
