package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

class RouterTest {
    private static final Gate CLOSED = (_, _) -> {
        throw new KeptnException(new KeptnError.Unauthenticated("no token"));
    };
    private static final Gate OPEN = (_, _) -> {};

    private final Room room = routes -> routes.get(
                    "/api/resource-service/v1/project/{project}/resource/{uri...}",
                    request -> Answer.text(200, request.parameter("project") + " " + request.parameter("uri")))
            .get("/api/mongodb-datastore/event", _ -> Answer.text(200, "events"))
            .open("/api/v1/open", _ -> Answer.text(200, "open"))
            .get("/api/v1/closed", _ -> Answer.text(200, "closed"))
            .internal("/api/resource-service/v1/project/{project}");

    @Test
    void keepsAnEncodedSlashInsideItsName() {
        assertThat(text(get(OPEN, "/api/resource-service/v1/project/p//resource/a%252Fb")))
                .isEqualTo("p a/b");
    }

    @Test
    void takesAPlainPathOfSeveralSegments() {
        assertThat(text(get(OPEN, "/api/resource-service/v1/project/p/resource/a/b/c.yaml")))
                .isEqualTo("p a/b/c.yaml");
    }

    @Test
    void asksForTheTokenFirstOrLooksUpThePathFirstAsTheCollectionDoes() {
        assertThatThrownBy(() -> get(CLOSED, "/api/mongodb-datastore/nothing")).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> get(CLOSED, "/api/v1/nothing")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> get(CLOSED, "/api/v1/closed")).isInstanceOf(KeptnException.class);
        assertThat(text(get(CLOSED, "/api/v1/open"))).isEqualTo("open");
    }

    @Test
    void saysForbiddenForWhatIsInternalWithoutLookingAtTheToken() {
        assertThatThrownBy(() -> get(CLOSED, "/api/resource-service/v1/project/p"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    void ignoresASlashAtTheEndOnlyInTheDatastore() {
        assertThat(text(get(OPEN, "/api/mongodb-datastore/event/"))).isEqualTo("events");
        assertThatThrownBy(() -> get(OPEN, "/api/v1/closed/")).isInstanceOf(Refusal.class);
    }

    @Test
    void doesNotReadTheBodyOfACallerWhoIsTurnedAway() {
        List<String> reads = new ArrayList<>();
        Router router = new Router(List.of(room), CLOSED);
        Router.Arrival arrival =
                new Router.Arrival("GET", "/api/v1/closed", "", "127.0.0.1", _ -> Optional.empty(), _ -> {
                    reads.add("read");
                    return new byte[0];
                });

        assertThatThrownBy(() -> router.route(arrival, _ -> {})).isInstanceOf(KeptnException.class);

        assertThat(reads).isEmpty();
    }

    private Answer get(Gate gate, String path) {
        return new Router(List.of(room), gate)
                .route(
                        new Router.Arrival("GET", path, "", "127.0.0.1", _ -> Optional.empty(), _ -> new byte[0]),
                        _ -> {});
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
