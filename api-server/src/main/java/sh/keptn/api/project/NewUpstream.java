package sh.keptn.api.project;

import java.time.Duration;
import java.util.Optional;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.BootstrapMark;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.Shipyard;

/** Looks at an upstream before a project is made on it. Only looks. */
final class NewUpstream {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final String METADATA = "metadata.yaml";
    private static final int RECENT = 50;

    private final GitStore store;

    NewUpstream(GitStore store) {
        this.store = store;
    }

    /**
     * The upstream answers, takes the credentials, and holds no Keptn project yet; a half-made one of this very name and
     * address, left by a try that was cut off, does not count.
     *
     * @throws KeptnException {@code Upstream} with the fault, {@code Conflict} if a Keptn project stands there,
     *     {@code Invalid} if a stage is named like the default branch
     */
    void requireFree(ProjectName project, GivenCredentials credentials, Shipyard shipyard) {
        Upstream upstream = upstream(project, credentials);
        Heads heads = store.heads(upstream);
        String defaultBranch = upstream.defaultBranch(heads);
        shipyard.requireNoStageNamed(defaultBranch);
        Optional<CommitId> head = heads.of(defaultBranch);
        if (head.isEmpty() || !holdsProject(upstream, head.get())) {
            return;
        }
        boolean complete =
                store.entry(upstream, head.get(), Shipyard.PATH.value()).isPresent()
                        && shipyard.stageNames().stream()
                                .allMatch(stage -> heads.of(stage.value()).isPresent());
        if (complete || !begunByUs(project, credentials, upstream, head.get())) {
            throw new KeptnException(
                    new KeptnError.Conflict("the upstream is already initialised with a Keptn project"));
        }
    }

    /** The upstream answers and takes the credentials. */
    void requireReachable(ProjectName project, GivenCredentials credentials) {
        store.heads(upstream(project, credentials));
    }

    private boolean holdsProject(Upstream upstream, CommitId head) {
        return store.read(upstream, head, METADATA)
                .map(FileContent::content)
                .filter(content -> content.size() > 0)
                .isPresent();
    }

    private boolean begunByUs(ProjectName project, GivenCredentials credentials, Upstream upstream, CommitId head) {
        BootstrapMark mark = BootstrapMark.of(project, credentials.url(), "");
        return store.log(upstream, head, RECENT).stream().anyMatch(mark::isOn);
    }

    static Upstream upstream(ProjectName project, GivenCredentials credentials) {
        return new Upstream(project, credentials.url(), credentials.access(), Optional.empty(), TIMEOUT);
    }
}
