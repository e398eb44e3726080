package sh.keptn.operator.project;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitUrl;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.GitLayout;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.operator.condition.Faults;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.upstream.Resolution;
import sh.keptn.operator.upstream.Upstreams;

/**
 * Checks what the schema cannot:
 *
 * <ol>
 *   <li>names, durations and the address can be used (InvalidSpec);
 *   <li>there is an address, or a provisioner that gives one (URLMissing, ProvisioningFailed);
 *   <li>no older project has the same upstream in the same layout (UpstreamConflict);
 *   <li>the address was not changed without permission (URLChangeRefused);
 *   <li>the credentials are there and readable (CredentialsMissing, CredentialsInvalid).
 * </ol>
 */
final class ProjectAcceptance {
    private static final Comparator<KeptnProject> AGE = Comparator.comparing(
                    (KeptnProject project) -> project.getMetadata().getCreationTimestamp())
            .thenComparing(project -> project.getMetadata().getName());

    private final Upstreams upstreams;
    private final Provisioning provisioning;

    ProjectAcceptance(Upstreams upstreams, Provisioning provisioning) {
        this.upstreams = upstreams;
        this.provisioning = provisioning;
    }

    /**
     * @param others every project of the namespace, this one among them
     */
    Acceptance accept(KeptnProject project, Stream<KeptnProject> others) {
        ProjectIntent intent;
        try {
            intent = ProjectIntent.of(project);
        } catch (KeptnException e) {
            return new Acceptance.Refused(Faults.outcome(e.error()));
        }
        Optional<GitUrl> url = intent.settings().url();
        if (url.isEmpty()) {
            return new Acceptance.Refused(provisioning.provision(project, intent.settings()));
        }
        Optional<String> older = older(project, url.get(), others);
        if (older.isPresent()) {
            return new Acceptance.Refused(new Outcome.Stalled(
                    Reason.UPSTREAM_CONFLICT,
                    "the upstream belongs to the older project '" + older.get() + "'; give this one its own"));
        }
        boolean moved = intent.establishedUrl()
                .filter(established -> !established.canonical().equals(url.get().canonical()))
                .isPresent();
        if (moved && !intent.urlChangeAllowed()) {
            return new Acceptance.Refused(new Outcome.Stalled(
                    Reason.URL_CHANGE_REFUSED,
                    "spec.git.url was changed from " + intent.establishedUrl().get() + "; annotate with "
                            + Annotations.ALLOW_URL_CHANGE + "=true to move the history there, or change it back"));
        }
        return switch (upstreams.resolve(intent.settings(), url.get())) {
            case Resolution.Unresolved(Outcome outcome) -> new Acceptance.Refused(outcome);
            case Resolution.Resolved(var upstream, String secretVersion, boolean provisioned) ->
                new Acceptance.Accepted(intent, url.get(), upstream, secretVersion, provisioned);
        };
    }

    /** The name of an older project on the same upstream; of two born in the same second, the first by name. */
    private static Optional<String> older(KeptnProject project, GitUrl url, Stream<KeptnProject> others) {
        return others.filter(other -> AGE.compare(other, project) < 0)
                .filter(other -> !other.isMarkedForDeletion())
                .filter(other -> layout(other) == layout(project))
                .filter(other -> canonical(other)
                        .filter(address -> address.equals(url.canonical()))
                        .isPresent())
                .min(AGE)
                .map(other -> other.getMetadata().getName());
    }

    private static GitLayout layout(KeptnProject project) {
        return project.getSpec().git().layoutOrDefault();
    }

    private static Optional<String> canonical(KeptnProject project) {
        try {
            return Optional.ofNullable(project.getSpec().git().url()).map(url -> new GitUrl(url).canonical());
        } catch (KeptnException e) {
            return Optional.empty();
        }
    }
}
