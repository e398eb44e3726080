package sh.keptn.api.upstream;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.kube.Cluster;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.GitCredentials;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Durations;
import sh.keptn.crds.project.GitLayout;
import sh.keptn.crds.project.GitStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.SecretReference;

/** Finds projects and how to get at their upstreams; credentials come from the watch, never by a request each time. */
public final class ProjectUpstreams {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** The schema's own. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final Cluster cluster;

    public ProjectUpstreams(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * The project.
     *
     * @throws KeptnException {@code NotFound}; {@code Upstream(AUTH)} if its credentials cannot be used
     */
    public ProjectUpstream of(ProjectName name) {
        return of(
                name,
                cluster.projects()
                        .get(name.value())
                        .orElseThrow(() -> KeptnException.notFound("project", name.value())));
    }

    /** The project, which has that stage: by the watch, and where it does not know the stage by a live look. */
    public ProjectUpstream of(ProjectName name, StageName stage) {
        ProjectUpstream project = of(name);
        if (project.has(stage)) {
            return project;
        }
        return cluster.projects()
                .live(name.value())
                .map(live -> of(name, live))
                .filter(live -> live.has(stage))
                .orElseThrow(() -> KeptnException.notFound("stage", stage.value()));
    }

    /** The upstream of a resource. */
    public ProjectUpstream of(ProjectName name, KeptnProject project) {
        String url = Optional.ofNullable(project.getSpec().git().url())
                .orElseThrow(() -> new KeptnException(
                        new KeptnError.Unavailable("project '" + name + "' has no upstream yet", SOON)));
        Upstream upstream = new Upstream(
                name,
                new GitUrl(url),
                credentials(name, project).access(),
                Optional.ofNullable(project.getSpec().git().branch())
                        .or(() -> Optional.ofNullable(project.getStatus())
                                .flatMap(status -> Optional.ofNullable(status.git()))
                                .map(GitStatus::defaultBranch)),
                Optional.ofNullable(project.getSpec().timeout())
                        .flatMap(Durations::parse)
                        .orElse(DEFAULT_TIMEOUT));
        Layout layout =
                project.getSpec().git().layoutOrDefault() == GitLayout.Directory ? Layout.DIRECTORY : Layout.BRANCH;
        return new ProjectUpstream(project, upstream, layout);
    }

    /** What the project's Secret holds; nothing if there is none and the spec names none. */
    public GitCredentials credentials(ProjectName name, KeptnProject project) {
        Optional<String> named =
                Optional.ofNullable(project.getSpec().git().secretRef()).map(SecretReference::name);
        String secretName = named.orElse(SecretReference.defaultName(name.value()));
        Optional<Secret> secret = expectsSecret(project)
                ? cluster.secrets().get(secretName)
                : cluster.secrets().cached(secretName);
        if (secret.isEmpty() && named.isPresent()) {
            throw KeptnException.upstream(
                    UpstreamFault.AUTH, "the Secret with the credentials of project '" + name + "' is missing", null);
        }
        try {
            return secret.map(found -> GitCredentials.fromEncoded(found.getData()))
                    .orElse(GitCredentials.NONE);
        } catch (KeptnException e) {
            throw KeptnException.upstream(
                    UpstreamFault.AUTH, "the credentials of project '" + name + "' cannot be read", e);
        }
    }

    /** Whether a Secret was made for it: then one that the watch does not show yet is looked for. */
    private static boolean expectsSecret(KeptnProject project) {
        Map<String, String> annotations = project.getMetadata().getAnnotations();
        boolean madeHere = annotations != null && annotations.containsKey(Annotations.CREATED_BY);
        return madeHere || project.getSpec().git().secretRef() != null;
    }
}
