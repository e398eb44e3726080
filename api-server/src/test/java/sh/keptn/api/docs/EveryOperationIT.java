package sh.keptn.api.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.api.ApiExtension;
import sh.keptn.api.GivenProject;
import sh.keptn.api.HttpCalls;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.api.StoreExtension;

/**
 * Calls every operation of the documents again and again with values guessed from their schemas, good and hostile: each
 * answer is one that the document describes, and none is a fault of the server. The project "kept" is never deleted.
 *
 * <p>The full run, and the same calls once more after a failure:
 *
 * <pre>
 * ./mvnw -pl api-server -am verify -Dit.test=EveryOperationIT -Dtest=NoSuch -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dfailsafe.failIfNoSpecifiedTests=false -Dkeptn.guesses=100000 -Dkeptn.guesses.seed=1
 * </pre>
 */
class EveryOperationIT {
    private static final int CALLS = Integer.getInteger("keptn.guesses", 3000);
    private static final long SEED = Long.getLong("keptn.guesses.seed", 1);

    /** Names that lead somewhere, by the name of the parameter. */
    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            Map.entry("project", List.of("kept")),
            Map.entry("projectName", List.of("kept")),
            Map.entry("stage", List.of("dev", "staging")),
            Map.entry("stageName", List.of("dev", "staging")),
            Map.entry("service", List.of("carts")),
            Map.entry("serviceName", List.of("carts")),
            Map.entry("resourceURI", List.of("values.yaml", "a/b.txt", "shipyard.yaml")),
            Map.entry("eventType", List.of("sh.keptn.event.dev.delivery.triggered")));

    private static final List<String> FLEETING = List.of("fleeting");

    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api =
            new ApiExtension().withOperator().withProvisioner().with("MONGODB_URI", store.uri());

    @BeforeAll
    static void makeProject() {
        String projects = api.endpoint() + "/controlPlane/v1/project";
        String shipyard = Base64.getEncoder().encodeToString(GivenProject.SHIPYARD.getBytes(StandardCharsets.UTF_8));
        assertThat(api.http()
                        .post(projects, "{\"name\":\"kept\",\"shipyard\":\"" + shipyard + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(api.http()
                        .post(projects + "/kept/service", "{\"serviceName\":\"carts\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersWhateverComesAsItsDocumentSays() {
        // given
        List<Documented> operations = Documented.all().stream()
                .filter(operation -> !isEndless(operation))
                .toList();
        Random random = new Random(SEED);
        Map<String, String> faults = new LinkedHashMap<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        // when
        for (int i = 0; i < CALLS; i++) {
            Documented operation = operations.get(i % operations.size());
            GuessedCall call = GuessedCall.of(operation, random, known(operation));
            HttpCalls http = random.nextInt(20) == 0 ? api.anonymous() : api.http();
            fault(call, http, statuses)
                    .ifPresent(fault -> faults.putIfAbsent(
                            operation + " " + fault.lines().findFirst().orElse(""), call + "\n" + fault));
        }
        // then
        assertThat(faults).as("seed %d, %d calls", SEED, CALLS).isEmpty();
        assertThat(statuses).containsKeys(200, 400, 401, 403, 404);
        assertThat(api.http()
                        .get(api.endpoint() + "/controlPlane/v1/project/kept")
                        .status())
                .isEqualTo(200);
    }

    /** What was wrong with the answer, if anything was. */
    private static Optional<String> fault(GuessedCall call, HttpCalls http, Map<Integer, Integer> statuses) {
        try {
            Reply reply = call.send(http, "http://127.0.0.1:" + api.port());
            statuses.merge(reply.status(), 1, Integer::sum);
            return reply.status() == 500 ? Optional.of(reply.toString()) : Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What a project or a service is deleted by is another name. */
    private static Map<String, List<String>> known(Documented operation) {
        Map<String, List<String>> known = new LinkedHashMap<>(KNOWN);
        if (operation.method().equals("DELETE") && operation.path().matches(".*/(project|service)/\\{[^/]*}")) {
            String last = operation.path().replaceFirst(".*\\{(.*)}", "$1");
            known.put(last, FLEETING);
        }
        return known;
    }

    private static boolean isEndless(Documented operation) {
        return operation
                .root()
                .at(operation.answer(200).orElse("") + "/content")
                .has("text/event-stream");
    }
}
