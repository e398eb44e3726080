package sh.keptn.api.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.ApiExtension;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.api.StoreExtension;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.EventQuery;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.event.SampleEvent;
import sh.keptn.api.event.mongo.MongoEventStore;
import sh.keptn.api.event.mongo.MongoSettings;
import sh.keptn.api.kube.Cluster;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;
import sh.keptn.crds.project.GitSpec;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectSpec;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.service.KeptnService;
import sh.keptn.crds.service.KeptnServiceSpec;
import sh.keptn.crds.service.KeptnServiceStatus;

/** On a real Kubernetes API and a store over the wire, with the server of the extension as one of the replicas. */
class LifecycleReporterIT {
    private static final String PREFIX = "sh.keptn.event.";

    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("MONGODB_URI", store.uri());

    private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);

    @SuppressWarnings("NullAway.Init") // made before each test
    private MongoEventStore events;

    @BeforeEach
    void connect() {
        events = MongoEventStore.connect(new MongoSettings(new Secret(store.uri()), Optional.empty()));
    }

    @AfterEach
    void disconnect() {
        events.close();
    }

    @Test
    void rule20TellsOfAProjectThatWasMadeWithKubectl() {
        // given
        KeptnProject made = create(project());
        // when
        makeReady(made);
        // then
        await().untilAsserted(() -> assertThat(types())
                .containsExactly(PREFIX + "project.create.finished", PREFIX + "project.create.started"));
        KeptnEvent finished = told().getFirst();
        assertThat(finished.source()).isEqualTo("shipyard-controller");
        assertThat(finished.data().path("result").asText()).isEqualTo("pass");
        assertThat(finished.data().path("createdProject").path("projectName").asText())
                .isEqualTo(project);
        assertThat(finished.keptnContext()).isEqualTo(told().getLast().keptnContext());
    }

    @Test
    void rule20TellsOnceWithTwoReplicasAndAfterARestart() throws IOException {
        // given
        makeReady(create(project()));
        // when a second replica comes, and the first restarts
        try (Cluster cluster = new Cluster(api.kubernetes(), api.namespace());
                LifecycleReporter second =
                        LifecycleReporter.start(cluster, events, Optional.empty(), Clock.systemUTC())) {
            assertThat(second).isNotNull();
            api.stop();
            api.start();
            // then
            await().during(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(types())
                            .containsExactly(PREFIX + "project.create.finished", PREFIX + "project.create.started"));
        }
    }

    @Test
    void rule12DropsTheEventsOfAProjectThatIsGone() {
        // given
        KeptnProject made = create(project());
        makeReady(made);
        events.append(
                SampleEvent.anEvent().data("{\"project\":\"" + project + "\"}").make(), Optional.empty());
        await().until(() -> types().size() == 3);
        // when
        delete(made);
        // then
        await().untilAsserted(() -> assertThat(types()).containsExactly(PREFIX + "project.delete.finished"));
    }

    @Test
    void saysThatAProjectFailedThatWasNeverReady() {
        // given
        KeptnProject made = create(project());
        await().until(() -> types().size() == 1);
        // when
        delete(made);
        // then
        await().untilAsserted(() -> assertThat(types()).containsExactly(PREFIX + "project.create.finished"));
        assertThat(told().getFirst().data().path("result").asText()).isEqualTo("fail");
        assertThat(told().getFirst().data().path("status").asText()).isEqualTo("errored");
    }

    @Test
    void rule20TellsOfAServiceFromItsMakingToItsEnd() {
        // given
        makeReady(create(project()));
        KeptnService service = create(service());
        makeReady(service);
        await().until(() -> types().size() == 4);
        // when
        delete(service);
        // then
        await().untilAsserted(() -> assertThat(types())
                .containsExactlyInAnyOrder(
                        PREFIX + "project.create.started",
                        PREFIX + "project.create.finished",
                        PREFIX + "service.create.started",
                        PREFIX + "service.create.finished",
                        PREFIX + "service.delete.started",
                        PREFIX + "service.delete.finished"));
    }

    @Test
    void tellsOfWhatEndedWhileNoReplicaWasThere() {
        // given
        KeptnProject made = create(project());
        makeReady(made);
        await().until(() -> types().size() == 2);
        api.stop();
        delete(made);
        // when
        api.start();
        // then
        await().untilAsserted(() -> assertThat(types()).containsExactly(PREFIX + "project.delete.finished"));
    }

    @Test
    void m2TellsOfWhatHappenedWhileTheStoreWasDown() throws IOException {
        // given
        store.stop();
        try {
            makeReady(create(project()));
            Reply reply = api.http().get(api.endpoint() + "/mongodb-datastore/event");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isPresent();
        } finally {
            // when
            store.start();
        }
        // then
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(KeptnException.class)
                .untilAsserted(() -> assertThat(types())
                        .containsExactly(PREFIX + "project.create.finished", PREFIX + "project.create.started"));
    }

    @Test
    void m2GoesOnWithProjectsWhileTheStoreIsDown() throws IOException {
        // given
        store.stop();
        try {
            // when
            Reply reply = api.http().get(api.endpoint() + "/controlPlane/v1/project");
            // then
            assertThat(reply.status()).isEqualTo(200);
        } finally {
            store.start();
        }
    }

    private List<KeptnEvent> told() {
        return events.find(EventQuery.of(Map.of(EventField.PROJECT, List.of(project)), 20))
                .events();
    }

    private List<String> types() {
        return told().stream().map(KeptnEvent::type).toList();
    }

    private KeptnProject project() {
        KeptnProject resource = new KeptnProject();
        resource.setMetadata(new ObjectMetaBuilder().withName(project).build());
        resource.setSpec(new KeptnProjectSpec(GitSpec.EMPTY, null, null, null, null, null));
        return resource;
    }

    private KeptnService service() {
        KeptnService resource = new KeptnService();
        resource.setMetadata(
                new ObjectMetaBuilder().withName(project + ".carts").build());
        resource.setSpec(new KeptnServiceSpec(project, "carts", null));
        return resource;
    }

    private static <T extends HasMetadata> T create(T resource) {
        return api.kubernetes().resource(resource).inNamespace(api.namespace()).create();
    }

    private static void delete(HasMetadata resource) {
        api.kubernetes().resource(resource).inNamespace(api.namespace()).delete();
    }

    private static void makeReady(KeptnProject made) {
        KeptnProject now = copy(made, new KeptnProject());
        now.setSpec(made.getSpec());
        now.setStatus(
                new KeptnProjectStatus(null, List.of(ready()), null, null, List.of(), null, List.of(), null, null));
        api.kubernetes().resource(now).inNamespace(api.namespace()).updateStatus();
    }

    private static void makeReady(KeptnService made) {
        KeptnService now = copy(made, new KeptnService());
        now.setSpec(made.getSpec());
        now.setStatus(new KeptnServiceStatus(null, List.of(ready()), List.of(), null));
        api.kubernetes().resource(now).inNamespace(api.namespace()).updateStatus();
    }

    private static <T extends CustomResource<?, ?>> T copy(T made, T blank) {
        blank.setMetadata(new ObjectMetaBuilder()
                .withName(made.getMetadata().getName())
                .withResourceVersion(made.getMetadata().getResourceVersion())
                .build());
        return blank;
    }

    private static Condition ready() {
        return new ConditionBuilder()
                .withType("Ready")
                .withStatus("True")
                .withReason("Succeeded")
                .withMessage("as it should be")
                .withLastTransitionTime("2026-11-23T17:00:00Z")
                .build();
    }
}
