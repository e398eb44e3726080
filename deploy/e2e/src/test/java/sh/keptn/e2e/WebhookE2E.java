package sh.keptn.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;

/** A push is announced and seen long before anybody would have looked: these projects are polled every hour. */
@ExtendWith(RunningSystem.class)
class WebhookE2E {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final LocalSystem system;

    @TempDir
    private Path folder;

    WebhookE2E(LocalSystem system) {
        this.system = system;
    }

    @BeforeEach
    void aProvisionedProjectThatIsSeldomPolled() throws IOException {
        Files.writeString(folder.resolve("project.yaml"), """
                apiVersion: keptn.sh/v1alpha1
                kind: KeptnProject
                metadata: {name: sockshop, namespace: keptn}
                spec:
                  interval: 1h
                  initialShipyard: |
                    apiVersion: spec.keptn.sh/0.2.2
                    kind: Shipyard
                    metadata: {name: sockshop}
                    spec:
                      stages:
                        - name: dev
                """);
        shell(
                "kubectl apply -f project.yaml && kubectl -n keptn wait --for=condition=Ready kproj/sockshop --timeout=30s");
    }

    @Test
    void aPushToTheLocalGitServerIsSeenWithoutPolling() {
        String pushed = push();

        await().atMost(10, SECONDS).until(() -> revisions().equals(List.of("dev@sha1:" + pushed)));
    }

    /** The upstream is changed behind the Git server's back, so that nothing but the script's own call announces it. */
    @Test
    void thePageAboutWebhooksTellsTheTruth() throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(system.checkout().resolve("docs/webhooks.md")))
                .results()
                .map(block -> block.group(1)
                        .indent(0)
                        .lines()
                        .map(String::strip)
                        .reduce("", (all, line) -> all + line + "\n"))
                .toList();
        assertThat(blocks).hasSize(4);
        String before = path();

        shell(blocks.get(0) + blocks.get(1) + "echo $TOKEN >token");
        await().atMost(10, SECONDS).until(() -> !path().equals(before));
        String commit = shell("git -C " + repository() + " commit-tree -p dev -m quietly dev^{tree}")
                .strip();
        shell("git -C " + repository() + " update-ref refs/heads/dev " + commit);
        String host = system.setting("KEPTN_ENDPOINT").replaceAll("/api$", "");
        String answer = shell("TOKEN=$(cat token); HOST=" + host + "\n" + blocks.get(3));

        assertThat(answer).contains("the project is looked at");
        assertThat(shell(blocks.get(2)).strip()).isEqualTo(path());
        await().atMost(10, SECONDS).until(() -> revisions().equals(List.of("dev@sha1:" + commit)));
        shell("kubectl -n keptn patch kproj sockshop --type merge -p '{\"spec\":{\"webhook\":null}}'"
                + " && kubectl -n keptn delete secret sockshop-webhook");
        await().atMost(10, SECONDS).until(() -> path().equals(before));
    }

    private String push() {
        shell("rm -rf c; git clone -q -b dev " + system.upstream("sockshop")
                + " c && cd c && date +%N >pushed.txt && git add . && git commit -qm 'Push a file' && git push -q");
        return shell("git -C c rev-parse HEAD").strip();
    }

    private Path repository() {
        return system.state().resolve("git/sockshop.git");
    }

    private String path() {
        return status().map(KeptnProjectStatus::webhookPath).orElse("");
    }

    private List<String> revisions() {
        return status().stream()
                .flatMap(status -> status.stages().stream())
                .map(stage -> String.valueOf(stage.revision()))
                .toList();
    }

    private Optional<KeptnProjectStatus> status() {
        Resource<KeptnProject> project = system.kubernetes()
                .resources(KeptnProject.class)
                .inNamespace("keptn")
                .withName("sockshop");
        return Optional.ofNullable(project.get()).map(KeptnProject::getStatus);
    }

    private String shell(String line) {
        return system.shell(folder, line).succeeded();
    }
}
