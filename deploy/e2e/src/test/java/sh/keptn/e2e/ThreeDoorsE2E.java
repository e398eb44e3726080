package sh.keptn.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectSpec;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;

/** What comes in through kubectl, REST or git push is seen through the other two. */
@ExtendWith(RunningSystem.class)
class ThreeDoorsE2E {
    private static final String NAMESPACE = "keptn";
    private static final String SHIPYARD = """
            apiVersion: spec.keptn.sh/0.2.3
            kind: Shipyard
            metadata:
              name: doors
            spec:
              stages:
                - name: dev
                - name: production
            """;

    private final LocalSystem system;

    @TempDir
    private Path folder;

    ThreeDoorsE2E(LocalSystem system) {
        this.system = system;
    }

    @BeforeEach
    void aProjectMadeByRest() {
        if (system.get("/controlPlane/v1/project/doors").code() == 404) {
            assertThat(system.post("/controlPlane/v1/project", project("doors")).code())
                    .isEqualTo(201);
        }
    }

    @Test
    void theSampleIsReadyAndShowsInAllThree() {
        KeptnProject sample = system.kubernetes()
                .resources(KeptnProject.class)
                .inNamespace(NAMESPACE)
                .withName("podtato-head")
                .waitUntilCondition(ThreeDoorsE2E::isReady, 30, SECONDS);

        assertThat(system.get("/controlPlane/v1/project/podtato-head").json().path("stages"))
                .hasSameSizeAs(sample.getStatus().stages());
        assertThat(shell("git ls-remote --heads " + system.upstream("podtato-head")))
                .contains(sample.getStatus().stages().stream()
                        .map(stage -> "refs/heads/" + stage.name())
                        .toList());
    }

    @Test
    void aProjectPostedIsAResourceAndBranchesAndTheSameAgainIsAConflict() {
        var project = system.kubernetes()
                .resources(KeptnProject.class)
                .inNamespace(NAMESPACE)
                .withName("doors")
                .get();

        assertThat(isReady(project)).isTrue();
        assertThat(shell("git ls-remote --heads " + system.upstream("doors")))
                .contains("refs/heads/main", "refs/heads/dev", "refs/heads/production");
        assertThat(system.post("/controlPlane/v1/project", project("doors")).code())
                .isEqualTo(409);
    }

    @Test
    void aProjectAppliedWithAWrongAddressSaysWhatIsWrong() {
        apply(keptnProject("nowhere", "https://git.invalid/nowhere.git"));

        KeptnProject stuck = system.kubernetes()
                .resources(KeptnProject.class)
                .inNamespace(NAMESPACE)
                .withName("nowhere")
                .waitUntilCondition(
                        project -> condition(project, ConditionType.READY)
                                .filter(ready -> ready.getStatus().equals("False"))
                                .isPresent(),
                        30,
                        SECONDS);

        assertThat(condition(stuck, ConditionType.READY).orElseThrow().getMessage())
                .contains("git.invalid");
    }

    @Test
    void aFilePostedIsACommitOfTheUpstreamWithTheIdThatWasAnswered() {
        var answer = system.post(
                "/resource-service/v1/project/doors/stage/dev/resource",
                "{\"resources\":[{\"resourceURI\":\"posted.txt\",\"resourceContent\":\"" + base64("posted") + "\"}]}");

        assertThat(answer.code()).isEqualTo(201);
        assertThat(shell("git clone -q -b dev " + system.upstream("doors")
                        + " c && cd c && git rev-parse HEAD && cat posted.txt"))
                .contains(answer.json().path("commitID").asText(), "posted");
    }

    @Test
    void aFilePushedIsReadAtOnce() {
        shell("git clone -q -b dev " + system.upstream("doors") + " c && cd c && echo pushed >pushed.txt"
                + " && git add . && git commit -qm 'Push a file' && git push -q");

        var answer = system.get("/resource-service/v1/project/doors/stage/dev/resource/pushed.txt");

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.json().path("resourceContent").asText()).isEqualTo(base64("pushed\n"));
    }

    @Test
    void aServiceFolderPushedBecomesAKeptnServiceAndIsListedByRest() {
        shell("git clone -q -b dev " + system.upstream("doors")
                + " c && cd c && mkdir found && echo 'image: x' >found/values.yaml"
                + " && git add . && git commit -qm 'Add a service' && git push -q");

        await().atMost(15, SECONDS).untilAsserted(() -> {
            assertThat(system.kubernetes()
                            .resources(KeptnService.class)
                            .inNamespace(NAMESPACE)
                            .withName("doors.found")
                            .get())
                    .isNotNull();
            assertThat(system.get("/controlPlane/v1/project/doors/stage/dev/service/found")
                            .code())
                    .isEqualTo(200);
        });
    }

    @Test
    void aServiceAppliedWithKubectlIsListedByRestAndIsAFolderInGit() {
        var service = new KeptnService();
        service.setMetadata(new ObjectMetaBuilder()
                .withName("doors.applied")
                .withNamespace(NAMESPACE)
                .build());
        service.setSpec(new KeptnServiceSpec("doors", "applied", null));
        system.kubernetes().resource(service).forceConflicts().serverSideApply();

        await().atMost(15, SECONDS)
                .untilAsserted(() -> assertThat(system.get("/controlPlane/v1/project/doors/stage/production/service")
                                .body())
                        .contains("\"applied\""));
        await().atMost(15, SECONDS)
                .untilAsserted(() -> assertThat(shell("rm -rf c; git clone -q -b production " + system.upstream("doors")
                                + " c && cat c/applied/metadata.yaml"))
                        .contains("servicename: applied"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "%2e%2e%2fx", "%252e%252e%252fx", ".git/config"})
    void aPathThatLeavesItsFolderIsRefusedAndTouchesNothing(String path) {
        String before = shell("git ls-remote " + system.upstream("doors"));
        String base = "/resource-service/v1/project/doors/stage/dev/resource";
        String inPath = path.replace("../", "..%2f").replace(".git/", ".git%2f");

        var listed = system.post(
                base,
                "{\"resources\":[{\"resourceURI\":\"" + path + "\",\"resourceContent\":\"" + base64("x") + "\"}]}");
        var single = system.put(base + "/" + inPath, "{\"resourceContent\":\"" + base64("x") + "\"}");

        assertThat(listed.code()).isEqualTo(400);
        assertThat(single.code()).isEqualTo(400);
        assertThat(shell("git ls-remote " + system.upstream("doors"))).isEqualTo(before);
    }

    private void apply(KeptnProject project) {
        system.kubernetes().resource(project).forceConflicts().serverSideApply();
    }

    private static KeptnProject keptnProject(String name, String url) {
        var project = new KeptnProject();
        project.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
        project.setSpec(
                new KeptnProjectSpec(new GitSpec(url, null, null, null, null), null, "5s", SHIPYARD, null, null));
        return project;
    }

    private static boolean isReady(KeptnProject project) {
        return condition(project, ConditionType.READY)
                .filter(ready -> ready.getStatus().equals("True"))
                .isPresent();
    }

    private static Optional<Condition> condition(KeptnProject project, String type) {
        return Optional.ofNullable(project)
                .map(KeptnProject::getStatus)
                .flatMap(status -> status.conditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst());
    }

    private static String project(String name) {
        return "{\"name\":\"" + name + "\",\"shipyard\":\"" + base64(SHIPYARD) + "\"}";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private String shell(String line) {
        return system.shell(folder, line).succeeded();
    }
}
