package sh.keptn.operator.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitCredentials;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.model.ShortHash;
import sh.keptn.crds.FieldManagers;
import sh.keptn.crds.Labels;
import sh.keptn.crds.Reason;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.operator.cluster.Events;
import sh.keptn.operator.condition.Outcome;
import sh.keptn.operator.provision.ProvisionedRepository;
import sh.keptn.operator.provision.Provisioner;
import sh.keptn.operator.upstream.ProjectSettings;
import sh.keptn.operator.upstream.Secrets;
import sh.keptn.operator.upstream.Upstreams;

/**
 * Gets a repository for a project that names none: asks the provisioner, writes the Secret, then fills spec.git.url. In
 * this order, so that a restart in between finds the address in the Secret and asks nobody a second time.
 */
final class Provisioning {
    private static final Logger log = LoggerFactory.getLogger(Provisioning.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MAX_LABEL = 63;
    private static final JsonMapper JSON = new JsonMapper();
    private static final PatchContext MERGE = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FieldManagers.OPERATOR)
            .build();

    private final Optional<Provisioner> provisioner;
    private final Secrets secrets;
    private final KubernetesClient client;
    private final Events events;

    Provisioning(Optional<Provisioner> provisioner, Secrets secrets, KubernetesClient client, Events events) {
        this.provisioner = provisioner;
        this.secrets = secrets;
        this.client = client;
        this.events = events;
    }

    /** Fills the project's address; the change of its spec brings the next pass. */
    Outcome provision(KeptnProject project, ProjectSettings settings) {
        if (provisioner.isEmpty()) {
            return new Outcome.Stalled(
                    Reason.URL_MISSING,
                    "spec.git.url is missing, and no provisioner is configured that could make a repository");
        }
        Optional<Secret> secret = secrets.find(settings.namespace(), settings.secretName());
        if (secret.isPresent() && !Upstreams.madeHere(secret.get())) {
            return new Outcome.Stalled(
                    Reason.NAME_CONFLICT,
                    "Secret '" + settings.secretName() + "' exists, but spec.git.url is missing: set it, or remove the"
                            + " Secret to have a repository made");
        }
        try {
            GitUrl url = secret.flatMap(Provisioning::addressIn)
                    .orElseGet(() -> ask(provisioner.get(), settings, secret.isPresent()));
            fill(settings, url);
            events.normal(project, Reason.PROVISIONED, "the provisioner gave " + url);
            return new Outcome.Waiting(Reason.PROGRESSING, "a repository was provisioned", SOON);
        } catch (KeptnException e) {
            log.atWarn().addKeyValue("project", settings.name()).setCause(e).log("repository not provisioned");
            return new Outcome.Stalled(Reason.PROVISIONING_FAILED, e.error().message());
        }
    }

    /** Gives a provisioned repository back, as far as that works: a deletion does not wait for it. */
    void retire(KeptnProject project, ProjectSettings settings) {
        provisioner.ifPresent(asked -> {
            try {
                asked.retire(settings.name(), settings.namespace());
            } catch (KeptnException e) {
                log.atWarn().addKeyValue("project", settings.name()).setCause(e).log("repository not given back");
                events.warning(
                        project,
                        Reason.CLEANUP_INCOMPLETE,
                        "the provisioned repository was not given back: "
                                + e.error().message());
            }
        });
    }

    private GitUrl ask(Provisioner asked, ProjectSettings settings, boolean secretThere) {
        ProvisionedRepository repository = asked.provision(settings.name(), settings.namespace());
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(settings.secretName())
                .withNamespace(settings.namespace())
                .addToLabels(Labels.PROJECT, ShortHash.cut(settings.name().value(), MAX_LABEL))
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGED_BY_OPERATOR)
                .endMetadata()
                .withType("Opaque")
                .addToStringData(GitCredentials.KEPTN_KEY, json(repository))
                .build();
        if (secretThere) {
            client.resource(secret).patch(MERGE);
        } else {
            client.resource(secret).create();
        }
        return repository.url();
    }

    private void fill(ProjectSettings settings, GitUrl url) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("spec").putObject("git").put("url", url.value());
        client.resources(KeptnProject.class)
                .inNamespace(settings.namespace())
                .withName(settings.name().value())
                .patch(MERGE, patch.toString());
    }

    private static Optional<GitUrl> addressIn(Secret secret) {
        try {
            return GitCredentials.fromEncoded(secret.getData()).url();
        } catch (KeptnException e) {
            return Optional.empty();
        }
    }

    private static String json(ProvisionedRepository repository) {
        ObjectNode root = JSON.createObjectNode()
                .put("remoteURL", repository.url().value())
                .put("user", repository.user());
        root.putObject("https").put("token", repository.token().reveal());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts is always JSON", e);
        }
    }
}
