package sh.keptn.operator.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.ServiceStageStatus;
import sh.keptn.operator.upstream.ProjectView;

/** Looks for a service's folder on each stage, in the mirror. Never writes anything. */
final class ServiceObserver {
    private static final String ID = "@sha1:";

    private final GitStore store;

    ServiceObserver(GitStore store) {
        this.store = store;
    }

    ObservedService observe(KeptnService resource, ServiceName service, ProjectView project, Upstream upstream) {
        Map<String, ServiceStageStatus> before = Optional.ofNullable(resource.getStatus())
                .map(status -> status.stages().stream()
                        .collect(Collectors.toMap(ServiceStageStatus::name, Function.identity())))
                .orElse(Map.of());
        Map<StageName, ObservedService.Folder> stages = new LinkedHashMap<>();
        for (ProjectView.Stage stage : project.stages()) {
            String path = project.folder(stage.name(), service).folder();
            Optional<String> tree = stage.head().flatMap(head -> tree(upstream, head, path));
            Optional<String> revision = stage.head()
                    .filter(head -> tree.isPresent())
                    .map(head -> unchangedSince(
                                    upstream,
                                    path,
                                    tree,
                                    before.get(stage.name().value()))
                            .orElseGet(() -> head.revision(stage.branch())));
            stages.put(
                    stage.name(), new ObservedService.Folder(stage.branch(), stage.head(), tree.isPresent(), revision));
        }
        return new ObservedService(stages);
    }

    /** The revision of the last status, if the folder has not changed since: a busy neighbour changes no status. */
    private Optional<String> unchangedSince(
            Upstream upstream, String path, Optional<String> tree, @Nullable ServiceStageStatus before) {
        return Optional.ofNullable(before).map(ServiceStageStatus::revision).filter(revision -> {
            String id = revision.substring(Math.max(0, revision.lastIndexOf(ID) + ID.length()));
            return CommitId.isValid(id)
                    && known(upstream, new CommitId(id), path).equals(tree);
        });
    }

    private Optional<String> known(Upstream upstream, CommitId commit, String path) {
        try {
            return tree(upstream, commit, path);
        } catch (KeptnException e) {
            if (e.error() instanceof KeptnError.NotFound) {
                // Rewritten away upstream.
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<String> tree(Upstream upstream, CommitId commit, String path) {
        return store.entry(upstream, commit, path)
                .filter(entry -> entry.kind() == TreeEntry.Kind.FOLDER)
                .map(TreeEntry::id);
    }
}
