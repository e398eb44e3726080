package sh.keptn.operator.upstream;

import java.time.Duration;
import java.util.Optional;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.model.Layout;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.project.GitLayout;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.SecretReference;
import sh.keptn.crds.project.StagePolicy;

/**
 * A project's spec as far as its connection goes, parsed once. One that exists is usable: what the schema let pass by
 * mistake stops here and only this project.
 *
 * @param url empty where a provisioner is to give one
 * @param secretName the Secret with the credentials
 * @param secretNamed whether the spec names it; the default one may be missing
 */
public record ProjectSettings(
        ProjectName name,
        String namespace,
        String uid,
        Optional<GitUrl> url,
        Optional<String> branch,
        Layout layout,
        String secretName,
        boolean secretNamed,
        Duration interval,
        Duration timeout) {
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(10);

    /**
     * Reads a project's spec.
     *
     * @throws KeptnException {@code Invalid} with the field and what is wrong with it
     */
    public static ProjectSettings of(KeptnProject project) {
        GitSpec git = project.getSpec().git();
        String name = project.getMetadata().getName();
        Duration interval = Optional.ofNullable(project.getSpec().interval())
                .map(text -> GoDuration.parse("spec.interval", text))
                .orElse(Duration.ofMinutes(1));
        Duration timeout = Optional.ofNullable(project.getSpec().timeout())
                .map(text -> GoDuration.parse("spec.timeout", text))
                .orElse(Duration.ofSeconds(60));
        return new ProjectSettings(
                new ProjectName(name),
                project.getMetadata().getNamespace(),
                project.getMetadata().getUid(),
                Optional.ofNullable(git.url()).map(GitUrl::new),
                Optional.ofNullable(git.branch()),
                git.layoutOrDefault() == GitLayout.Directory ? Layout.DIRECTORY : Layout.BRANCH,
                secretName(project),
                git.secretRef() != null,
                interval.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : interval,
                timeout);
    }

    /** The name of the Secret that a project uses, named or by default. */
    public static String secretName(KeptnProject project) {
        return Optional.ofNullable(project.getSpec().git().secretRef())
                .map(reference -> reference.name())
                .orElse(SecretReference.defaultName(project.getMetadata().getName()));
    }

    /** The namespace of a stage's workloads: what its policy names, else {@code <project>-<stage>}. */
    public static String namespace(KeptnProject project, StageName stage) {
        return project.getSpec()
                .stage(stage.value())
                .map(StagePolicy::namespace)
                .orElseGet(() ->
                        stage.namespace(new ProjectName(project.getMetadata().getName())));
    }
}
