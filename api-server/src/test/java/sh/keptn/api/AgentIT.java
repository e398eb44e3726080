package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.HttpCalls.Reply;

/** The calls of Keptn's distributor and of its library cp-connector, in their order and with what they read of the answers. */
class AgentIT {
    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api = new ApiExtension().with("MONGODB_URI", store.uri());

    private static final AtomicInteger TASKS = new AtomicInteger();

    private final String task = "sh.keptn.event.task" + TASKS.incrementAndGet();

    @Test
    void anAgentRegistersPollsWorksAndReports() {
        GivenProject project = GivenProject.in(api);
        // Registers, and reads its id.
        Reply registered =
                post("/controlPlane/v1/uniform/registration", """
                {"name":"%s","metadata":{"hostname":"keptn-node","integrationversion":"0.1.0",
                "distributorversion":"0.20.4","location":"remote-execution-plane","kubernetesmetadata":
                {"namespace":"keptn","podname":"pod","deploymentname":"agent"}},
                "subscriptions":[{"event":"%s.triggered","filter":{"projects":["%s"],"stages":[],"services":[]}}]}
                """.formatted(project.name(), task, project.name()));
        assertThat(registered.status()).isEqualTo(201);
        String id = registered.json().get("id").asText();
        // Sends heartbeats with an empty body and a JSON content type; the subscriptions are read from the answer.
        Reply ping = api.http().put(api.endpoint() + "/controlPlane/v1/uniform/registration/" + id + "/ping", "");
        JsonNode subscription = ping.json().at("/subscriptions/0");
        assertThat(subscription.get("event").asText()).isEqualTo(task + ".triggered");
        assertThat(subscription.at("/filter/projects/0").asText()).isEqualTo(project.name());
        assertThat(subscription.get("id").asText()).isNotEmpty();
        // Polls all pages and de-duplicates by subscription and event.
        IntStream.range(0, 45).forEach(i -> trigger(project.name(), i));
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<JsonNode> events = poll(project.name());
        events.forEach(event -> assertThat(seen.add(event.get("id").asText())).isTrue());
        assertThat(events).hasSize(45);
        assertThat(events.getFirst().at("/data/number").asInt()).isEqualTo(44);
        for (JsonNode event : events) {
            assertThat(event.get("type").asText()).isEqualTo(task + ".triggered");
            assertThat(List.of("time", "source", "shkeptncontext", "specversion"))
                    .allMatch(event::has);
        }
        // Works: started, finished, with the context and the id.
        JsonNode first = events.getFirst();
        tell(project.name(), first, "started");
        assertThat(ids(project.name())).contains(first.get("id").asText());
        tell(project.name(), first, "finished");
        assertThat(ids(project.name()))
                .hasSize(44)
                .doesNotContain(first.get("id").asText());
        // Reports what failed, without a time of its own.
        Reply logged = post("/controlPlane/v1/log", """
                {"logs":[{"integrationid":"%s","message":"it failed","time":"0001-01-01T00:00:00Z","shkeptncontext":"%s",
                "task":"deployment","triggeredid":"%s"}]}
                """.formatted(
                id, first.get("shkeptncontext").asText(), first.get("id").asText()));
        assertThat(logged.status()).isEqualTo(200);
        assertThat(api.http()
                        .get(api.endpoint() + "/controlPlane/v1/log?integrationId=" + id)
                        .json()
                        .at("/logs/0/message")
                        .asText())
                .isEqualTo("it failed");
    }

    @Test
    void twentyAgentsAtOnceLoseNothingAndGetNothingThatIsFinished() throws Exception {
        GivenProject project = GivenProject.in(api);
        int agents = 20;
        int work = 100;
        Set<String> finished = ConcurrentHashMap.newKeySet();
        Map<String, Integer> taken = new ConcurrentHashMap<>();
        List<String> handedOutLate = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(work);
        // given agents that share the work, and somebody who sends more of it all the time
        Callable<Void> agent = () -> {
            while (left.get() > 0) {
                Set<String> before = Set.copyOf(finished);
                for (JsonNode event : poll(project.name())) {
                    String id = event.get("id").asText();
                    if (before.contains(id)) {
                        synchronized (handedOutLate) {
                            handedOutLate.add(id);
                        }
                    }
                    if (taken.putIfAbsent(id, 1) == null) {
                        tell(project.name(), event, "started");
                        tell(project.name(), event, "finished");
                        finished.add(id);
                        left.decrementAndGet();
                    }
                }
            }
            return null;
        };
        // when
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> all = new ArrayList<>();
            IntStream.range(0, agents).forEach(_ -> all.add(pool.submit(agent)));
            IntStream.range(0, work).forEach(i -> trigger(project.name(), i));
            for (Future<Void> one : all) {
                one.get();
            }
        }
        // then
        assertThat(finished).hasSize(work);
        assertThat(handedOutLate).isEmpty();
        assertThat(poll(project.name())).isEmpty();
    }

    @Test
    void whatIsOpenIsOpenAfterARestart() {
        GivenProject project = GivenProject.in(api);
        trigger(project.name(), 1);
        trigger(project.name(), 2);
        JsonNode two = poll(project.name()).getFirst();
        tell(project.name(), two, "started");
        // when
        api.stop();
        api.start();
        // then
        assertThat(ids(project.name())).hasSize(2);
        tell(project.name(), two, "finished");
        assertThat(ids(project.name())).hasSize(1);
    }

    @Test
    void saysThatAProjectIsNotThere() {
        // when
        Reply reply = api.http().get(open("?project=nowhere"));
        // then
        assertThat(reply.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"pageSize=-1", "pageSize=x", "nextPageKey=x", "nextPageKey=-1"})
    void refusesWrongParameters(String query) {
        // when
        Reply reply = api.http().get(open("?" + query));
        // then
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void anEmptyAnswerIsWhatClientsExpect() {
        // when
        Reply reply = api.http().get(open("?pageSize=0"));
        // then
        assertThat(reply.text()).isEqualTo("{\"events\":[],\"nextPageKey\":\"0\"}");
    }

    private Reply post(String path, String json) {
        return api.http().post(api.endpoint() + path, json);
    }

    private void trigger(String project, int number) {
        Reply reply = post("/v1/event", """
                {"type":"%s.triggered","source":"shipyard-controller","specversion":"1.0","data":
                {"project":"%s","stage":"dev","service":"carts","number":%d}}
                """.formatted(task, project, number));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    private void tell(String project, JsonNode triggered, String step) {
        Reply reply = post("/v1/event", """
                {"type":"%s.%s","source":"agent","specversion":"1.0","shkeptncontext":"%s","triggeredid":"%s","data":
                {"project":"%s","stage":"dev","service":"carts","status":"succeeded","result":"pass"}}
                """.formatted(
                        task,
                        step,
                        triggered.get("shkeptncontext").asText(),
                        triggered.get("id").asText(),
                        project));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    /** Every page, as the clients walk: until there is no key, or it is 0. */
    private List<JsonNode> poll(String project) {
        List<JsonNode> events = new ArrayList<>();
        Optional<String> key = Optional.of("");
        while (key.isPresent()) {
            String next = key.get().isEmpty() ? "" : "&nextPageKey=" + key.get();
            JsonNode page = api.http().get(open("?project=" + project + next)).json();
            page.get("events").forEach(events::add);
            key = Optional.of(page.path("nextPageKey").asText("")).filter(text -> !text.isEmpty() && !text.equals("0"));
        }
        return events;
    }

    private List<String> ids(String project) {
        return poll(project).stream().map(event -> event.get("id").asText()).toList();
    }

    private String open(String query) {
        return api.endpoint() + "/controlPlane/v1/event/triggered/" + task + ".triggered" + query;
    }
}
