package sh.keptn.api.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sh.keptn.api.http.Paging;
import sh.keptn.api.upstream.ProjectUpstream;
import sh.keptn.api.upstream.RequestStamper;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.Location;
import sh.keptn.core.model.ResourcePath;

/**
 * Files in Git. An answer to a write means that the commit is in the upstream; what changes nothing makes no commit and
 * answers the commit that is there.
 */
final class Resources {
    private static final String UPDATED = "Updated resource";
    private static final String DELETED = "Deleted resources";

    private final Places places;
    private final GitStore store;
    private final RequestStamper stamper;
    private final Charts charts;

    Resources(Places places, GitStore store, RequestStamper stamper) {
        this.places = places;
        this.store = store;
        this.stamper = stamper;
        this.charts = new Charts(store);
    }

    /** One file at one commit. */
    record Found(Head head, Content content) {}

    /** One page of names, all at one commit. */
    record Listed(Head head, Paging.Page<String> page) {}

    /** The commit that holds what was asked for, whether it was made now or before. */
    record Written(ProjectUpstream project, CommitId commit) {}

    Found read(Place place, ResourcePath path, Optional<Revision> revision, Freshness freshness) {
        Head head = places.head(place, revision, freshness);
        Content content = charts.pack(head, path)
                .or(() -> store.read(
                                head.upstream(),
                                head.commit(),
                                path.under(head.location().folder()))
                        .map(FileContent::content))
                .orElseThrow(() -> KeptnException.notFound("resource", path.value()));
        return new Found(head, content);
    }

    Listed list(Place place, Paging paging, Freshness freshness) {
        Head head = places.head(place, Optional.empty(), freshness);
        Listing listing = new Listing(head.location().folder(), paging);
        store.walk(head.upstream(), head.commit(), head.location().folder(), listing);
        return new Listed(head, listing.page());
    }

    Written write(Place place, WriteRequest request, Map<String, String> trailers) {
        ProjectUpstream project = places.project(place);
        Location location = places.target(project, place);
        List<Change> changes = new ArrayList<>();
        for (WriteRequest.File file : request.files()) {
            changes.addAll(charts.put(location.folder(), file));
        }
        return commit(place, project, location, changes, new CommitMessage(UPDATED, trailers));
    }

    Written delete(Place place, ResourcePath path, Map<String, String> trailers) {
        ProjectUpstream project = places.project(place);
        Location location = places.target(project, place);
        List<Change> changes = List.of(charts.delete(location.folder(), path));
        return commit(place, project, location, changes, new CommitMessage(DELETED, trailers));
    }

    private Written commit(
            Place place, ProjectUpstream project, Location location, List<Change> changes, CommitMessage message) {
        CommitOutcome outcome =
                store.commit(project.upstream(), new CommitRequest(location.branch(), changes, message));
        return switch (outcome) {
            case CommitOutcome.Committed(CommitId commit) -> {
                stamper.stamp(place.project());
                yield new Written(project, commit);
            }
            case CommitOutcome.Unchanged(CommitId head) -> new Written(project, head);
            case CommitOutcome.Absent(String path) -> throw KeptnException.notFound("resource", path);
        };
    }

    /** Keeps one page of what walks by. */
    private static final class Listing implements Consumer<TreeEntry> {
        private final int cut;
        private final Paging paging;
        private final List<String> names = new ArrayList<>();
        private int total;

        Listing(String folder, Paging paging) {
            this.cut = folder.isEmpty() ? 0 : folder.length() + 1;
            this.paging = paging;
        }

        @Override
        public void accept(TreeEntry entry) {
            String name = entry.path().substring(cut);
            if (hidden(name)) {
                return;
            }
            if (total >= paging.offset() && names.size() < paging.size()) {
                names.add("/" + name);
            }
            total++;
        }

        Paging.Page<String> page() {
            long end = (long) paging.offset() + names.size();
            return new Paging.Page<>(names, end < total ? Long.toString(end) : "0", total);
        }

        /** As in Keptn: what has Git's name in it, or lies in the folder of the other layout, is not shown. */
        private static boolean hidden(String name) {
            return name.contains(".git") || name.contains(ResourcePath.STAGES_FOLDER);
        }
    }
}
