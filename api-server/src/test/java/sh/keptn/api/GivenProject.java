package sh.keptn.api;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import sh.keptn.core.config.Secret;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.CommitRequest.WhenAbsent;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.GitStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectSpec;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.project.ShipyardStatus;
import sh.keptn.crds.project.StageStatus;
import sh.keptn.local.git.Provisioned;

/**
 * A project as it stands after the operator has done its work, laid down by hand: an upstream with its branches, the
 * Secret, the resource and its status. For tests of what comes after.
 */
public final class GivenProject {
    public static final String SHIPYARD = """
            apiVersion: spec.keptn.sh/0.2.2
            kind: Shipyard
            metadata:
              name: shipyard
            spec:
              stages:
                - name: staging
                - name: dev
            """;
    private static final List<String> STAGES = List.of("staging", "dev");

    private final ApiExtension api;
    private final ProjectName name;
    private final Provisioned provisioned;

    private GivenProject(ApiExtension api, ProjectName name, Provisioned provisioned) {
        this.api = api;
        this.name = name;
        this.provisioned = provisioned;
    }

    /** Stages dev and staging, each with the folder of a service called carts. */
    static GivenProject in(ApiExtension api) {
        ProjectName name = new ProjectName("p" + UUID.randomUUID().toString().substring(0, 8));
        GivenProject project = new GivenProject(api, name, api.git().provision(name.value(), api.namespace()));
        project.fillUpstream();
        project.makeResources();
        Awaitility.await("the server sees the project")
                .until(() -> api.http()
                                .get(api.endpoint() + "/controlPlane/v1/project/" + name + "/stage/dev")
                                .status()
                        == 200);
        return project;
    }

    String name() {
        return name.value();
    }

    /** The base of the project's paths in resource-service. */
    String resources() {
        return api.endpoint() + "/resource-service/v1/project/" + name;
    }

    /** The base of the service's paths on the stage dev. */
    String carts() {
        return resources() + "/stage/dev/service/carts/resource";
    }

    /** One item of the stage dev, its name as it is to go over the wire. */
    String stageItem(String encoded) {
        return resources() + "/stage/dev/resource/" + encoded;
    }

    String credentialsJson() {
        return "{\"remoteURL\":\"" + provisioned.gitRemoteUrl() + "\",\"user\":\"" + provisioned.gitUser()
                + "\",\"https\":{\"token\":\"" + provisioned.gitToken() + "\"}}";
    }

    /** A clone of a branch by Git itself, which knows nothing of this system. */
    Path clone(String branch) {
        Path target = api.folder("clone-" + UUID.randomUUID());
        git(api.folder("."), "clone", "-q", "-b", branch, addressWithToken(), target.toString());
        return target;
    }

    /** Pushes a file by Git itself, as a person does. */
    String push(String branch, String path, String content) {
        Path clone = clone(branch);
        try {
            Path file = clone.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        git(clone, "add", "-A");
        git(clone, "-c", "user.name=person", "-c", "user.email=person@example.org", "commit", "-qm", "by hand");
        git(clone, "push", "-q", "origin", branch);
        return git(clone, "rev-parse", "HEAD").strip();
    }

    String log(String branch) {
        return git(clone(branch), "log", "--format=%H %s");
    }

    static String git(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("git failed: " + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String addressWithToken() {
        return provisioned
                .gitRemoteUrl()
                .replace("http://", "http://" + provisioned.gitUser() + ":" + provisioned.gitToken() + "@");
    }

    private void fillUpstream() {
        GitStore store = api.store();
        Upstream upstream = new Upstream(
                name,
                new GitUrl(provisioned.gitRemoteUrl()),
                new GitAccess(
                        new Authentication.Basic(provisioned.gitUser(), new Secret(provisioned.gitToken())),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                Optional.of("main"),
                Duration.ofSeconds(20));
        CommitId root = commit(
                store,
                upstream,
                "main",
                Map.of("metadata.yaml", "projectName: " + name + "\n", "shipyard.yaml", SHIPYARD));
        for (String stage : STAGES) {
            store.createBranch(upstream, stage, root, Optional.of(new CommitMessage("created stage")));
            commit(store, upstream, stage, Map.of("carts/metadata.yaml", "servicename: carts\n"));
        }
    }

    private static CommitId commit(GitStore store, Upstream upstream, String branch, Map<String, String> files) {
        List<Change> changes = files.entrySet().stream()
                .map(file -> (Change) new Change.Put(file.getKey(), Content.ofText(file.getValue())))
                .toList();
        CommitOutcome outcome = store.commit(
                upstream,
                new CommitRequest(branch, changes, new CommitMessage("initialized project"), WhenAbsent.CREATE));
        return switch (outcome) {
            case CommitOutcome.Committed(CommitId id) -> id;
            case CommitOutcome.Unchanged(CommitId id) -> id;
            case CommitOutcome.Absent(String path) -> throw new IllegalStateException(path);
        };
    }

    private void makeResources() {
        api.kubernetes()
                .secrets()
                .inNamespace(api.namespace())
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("git-credentials-" + name)
                        .endMetadata()
                        .addToStringData("git-credentials", credentialsJson())
                        .build())
                .create();
        KeptnProject project = new KeptnProject();
        project.getMetadata().setName(name.value());
        project.getMetadata().setNamespace(api.namespace());
        project.setSpec(new KeptnProjectSpec(
                new GitSpec(provisioned.gitRemoteUrl(), null, null, null, null), null, null, null, null, null));
        KeptnProject made = api.kubernetes().resource(project).create();
        made.setStatus(status(made.getMetadata().getGeneration()));
        api.kubernetes().resource(made).updateStatus();
    }

    private KeptnProjectStatus status(long generation) {
        return new KeptnProjectStatus(
                generation,
                List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("Succeeded")
                        .withMessage("ready")
                        .withLastTransitionTime(Instant.now().toString())
                        .build()),
                new GitStatus(provisioned.gitRemoteUrl(), "main", true, false),
                new ShipyardStatus(null, "spec.keptn.sh/0.2.2", null, SHIPYARD),
                STAGES.stream()
                        .map(stage -> new StageStatus(stage, stage, null, null, 1, List.of(), true))
                        .toList(),
                "staging dev",
                List.of(),
                null,
                null);
    }
}
