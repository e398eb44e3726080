package sh.keptn.operator.project;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.Upstream;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.operator.cluster.Annotated;
import sh.keptn.operator.cluster.Events;

/**
 * Moves a project to another upstream: history first, then the address in the status, then the permission is used up. A
 * restart anywhere in between does the rest; pushing the same history twice changes nothing.
 */
final class UpstreamMove {
    private static final JsonMapper JSON = new JsonMapper();
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FieldManagers.OPERATOR)
            .build();

    private final GitStore store;
    private final KubernetesClient client;
    private final Annotated annotated;
    private final Events events;
    private final Map<String, GitAccess> lastGood = new ConcurrentHashMap<>();

    UpstreamMove(GitStore store, KubernetesClient client, Annotated annotated, Events events) {
        this.store = store;
        this.client = client;
        this.annotated = annotated;
        this.events = events;
    }

    /** Remembers how one got in, as the Secret may speak of the new upstream by the time the history moves. */
    void worked(ProjectIntent intent, Upstream upstream) {
        lastGood.put(intent.settings().uid(), upstream.access());
    }

    void forget(String uid) {
        lastGood.remove(uid);
    }

    /** Moves it if the address that was established is another one; the new one may be empty or related. */
    void moveIfChanged(KeptnProject project, ProjectIntent intent, Upstream to) {
        Optional<GitUrl> from = intent.establishedUrl()
                .filter(established -> !established.canonical().equals(to.url().canonical()));
        if (from.isEmpty()) {
            return;
        }
        if (!holds(project, to)) {
            GitAccess known =
                    Optional.ofNullable(lastGood.get(intent.settings().uid())).orElse(to.access());
            store.copyHistory(new Upstream(to.project(), from.get(), known, to.branch(), to.timeout()), to);
        }
        String namespace = project.getMetadata().getNamespace();
        String name = project.getMetadata().getName();
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("status").putObject("git").put("url", to.url().value());
        client.resources(KeptnProject.class)
                .inNamespace(namespace)
                .withName(name)
                .subresource("status")
                .patch(MERGE, patch.toString());
        annotated.change(
                KeptnProject.class, namespace, name, live -> Map.of(Annotations.ALLOW_URL_CHANGE, Optional.empty()));
        events.normal(project, Reason.UPSTREAM_CHANGED, "the history moved to " + to.url());
    }

    /**
     * Whether every stage stands there at the commit that was last seen: then whoever changed the address has brought the
     * history along, and the old upstream, whose credentials are gone by now, need not be asked.
     */
    private boolean holds(KeptnProject project, Upstream to) {
        List<StageStatus> stages =
                project.getStatus() == null ? List.of() : project.getStatus().stages();
        Heads heads = store.heads(to);
        return !stages.isEmpty() && stages.stream().allMatch(stage -> stands(stage, heads));
    }

    private static boolean stands(StageStatus stage, Heads heads) {
        return Optional.ofNullable(stage.branch())
                .flatMap(branch -> heads.of(branch).map(head -> head.revision(branch)))
                .filter(revision -> revision.equals(stage.revision()))
                .isPresent();
    }
}
