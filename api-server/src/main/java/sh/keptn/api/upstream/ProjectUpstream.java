package sh.keptn.api.upstream;

import java.util.Optional;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.project.KeptnProject;

/** A project that is there, and everything that reading and writing its files takes. */
public record ProjectUpstream(KeptnProject resource, Upstream upstream, Layout layout) {

    /** The default branch: as the operator found it, else by asking the upstream. */
    public String defaultBranch(GitStore store) {
        return upstream.branch().orElseGet(() -> upstream.defaultBranch(store.heads(upstream)));
    }

    /** Whether the operator has accepted that stage. */
    public boolean has(StageName stage) {
        return Optional.ofNullable(resource.getStatus()).stream()
                .flatMap(status -> status.stages().stream())
                .anyMatch(known -> known.name().equals(stage.value()));
    }
}
