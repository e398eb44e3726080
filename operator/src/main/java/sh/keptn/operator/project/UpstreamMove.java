package sh.keptn.operator.project;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.Optional;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
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

    UpstreamMove(GitStore store, KubernetesClient client, Annotated annotated, Events events) {
        this.store = store;
        this.client = client;
        this.annotated = annotated;
        this.events = events;
    }

    /** Moves it if the address that was established is another one; the new one may be empty or related. */
    void moveIfChanged(KeptnProject project, ProjectIntent intent, Upstream to) {
        Optional<GitUrl> from = intent.establishedUrl()
                .filter(established -> !established.canonical().equals(to.url().canonical()));
        if (from.isEmpty()) {
            return;
        }
        store.copyHistory(new Upstream(to.project(), from.get(), to.access(), to.branch(), to.timeout()), to);
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
}
