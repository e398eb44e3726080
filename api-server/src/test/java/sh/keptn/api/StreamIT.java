package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.http.Json;

/** Events as they come, from two servers over one store. */
class StreamIT {
    private static final int PLACES = 16;

    @RegisterExtension
    static final StoreExtension store = new StoreExtension();

    @RegisterExtension
    static final ApiExtension api =
            new ApiExtension().with("MONGODB_URI", store.uri()).with("KEPTN_MAX_STREAMS", Integer.toString(PLACES));

    @RegisterExtension
    static final ApiExtension other = new ApiExtension().with("MONGODB_URI", store.uri());

    private final String project = "p" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void showsWhatEitherServerKeeps() {
        try (Reader reader = Reader.open(api, "project=" + project, "")) {
            // when
            post(api, project, "a");
            post(other, project, "b");
            post(other, "another", "c");
            post(api, project, "d");
            // then
            await().until(() -> reader.types().size() == 3);
            assertThat(reader.types()).containsExactly("a", "b", "d");
        }
    }

    @Test
    void goesOnAfterTheLastSeenEventOnTheOtherServer() {
        // given
        List<String> ids;
        try (Reader reader = Reader.open(api, "project=" + project, "")) {
            post(api, project, "a");
            post(api, project, "b");
            await().until(() -> reader.types().size() == 2);
            ids = reader.ids();
        }
        post(api, project, "c");
        // when
        try (Reader reader = Reader.open(other, "project=" + project, ids.get(ids.size() - 2))) {
            post(other, project, "d");
            // then
            await().until(() -> reader.types().size() == 3);
            assertThat(reader.types()).containsExactly("b", "c", "d");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "type=b, 'b,b,b'",
        "keptnContext=0dbb6cd0-0000-4000-8000-000000000000, 'a,b'",
        "stage=dev, 'b,c'",
        "stage=dev&type=b, b",
        "service=carts, c",
    })
    void showsOnlyWhatIsAskedFor(String query, String types) {
        String context = "\"shkeptncontext\":\"0dbb6cd0-0000-4000-8000-000000000000\",";
        try (Reader reader = Reader.open(api, "project=" + project + "&" + query, "")) {
            // when
            post(api, event("a", context, ""));
            post(api, event("b", context, ""));
            post(api, event("b", "", ",\"stage\":\"dev\""));
            post(api, event("c", "", ",\"stage\":\"dev\",\"service\":\"carts\""));
            post(api, event("b", "", ",\"stage\":\"prod\""));
            // then
            await().until(() -> String.join(",", reader.types()).equals(types));
        }
    }

    @Test
    void missesAndDoublesNothingWhileBothServersWrite() throws InterruptedException {
        // given
        int each = 40;
        try (Reader reader = Reader.open(api, "project=" + project, "")) {
            List<Thread> writers = new ArrayList<>();
            for (ApiExtension server : List.of(api, other)) {
                for (int writer = 0; writer < 3; writer++) {
                    String name = server.port() + "." + writer + ".";
                    writers.add(Thread.ofVirtual().start(() -> {
                        for (int n = 0; n < each; n++) {
                            post(server, project, name + n);
                        }
                    }));
                }
            }
            // when
            for (Thread writer : writers) {
                writer.join();
            }
            // then
            await().until(() -> reader.types().size() >= 6 * each);
            assertThat(reader.types()).doesNotHaveDuplicates().hasSize(6 * each);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "999999999999", "9999999999999999999999"})
    void refusesAPlaceThatIsNone(String last) {
        // when
        HttpCalls.Reply reply = api.http().header("Last-Event-ID", last).get(url(api, ""));
        // then
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void asksForTheToken() {
        assertThat(api.anonymous().get(url(api, "")).status()).isEqualTo(401);
    }

    @Test
    void hasSoManyPlacesAndNoMore() {
        // given: places of clients that have left may be free only when the server writes to them again
        List<Reader> readers = new ArrayList<>();
        try {
            // when
            HttpCalls.Reply refused = null;
            while (refused == null) {
                try {
                    readers.add(Reader.open(api, "", ""));
                } catch (IllegalStateException full) {
                    refused = api.http().get(url(api, ""));
                }
                assertThat(readers).hasSizeLessThanOrEqualTo(PLACES);
            }
            // then
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isPresent();
        } finally {
            readers.forEach(Reader::close);
        }
        await("the places of those who left are free").until(() -> {
            post(api, project, "wake");
            return opens();
        });
    }

    private static boolean opens() {
        try {
            Reader.open(api, "", "").close();
            return true;
        } catch (IllegalStateException full) {
            return false;
        }
    }

    @Test
    void m2GoesOnWhenTheStoreIsBack() throws IOException {
        // given
        try (Reader reader = Reader.open(api, "project=" + project, "")) {
            post(api, project, "before");
            await().until(() -> reader.types().size() == 1);
            // when
            store.stop();
            await("newcomers are turned away").until(() -> !opens());
            store.start();
            await().until(() -> api.http()
                            .post(api.endpoint() + "/v1/event", event("after", "", ""))
                            .status()
                    == 200);
            // then
            await().until(() -> reader.types().size() == 2);
            assertThat(reader.types()).containsExactly("before", "after");
        }
    }

    @Test
    void endsCleanlyWhenTheServerStops() throws IOException {
        // given
        try (Reader reader = Reader.open(other, "project=" + project, "")) {
            post(api, project, "before");
            await().until(() -> reader.types().size() == 1);
            // when
            other.stop();
            // then
            await().until(() -> !reader.isAlive());
            assertThat(reader.failure()).isEmpty();
        } finally {
            other.start();
        }
    }

    private String event(String type, String attributes, String data) {
        return "{\"type\":\"" + type + "\",\"source\":\"s\"," + attributes + "\"data\":{\"project\":\"" + project + "\""
                + data + "}}";
    }

    private static void post(ApiExtension server, String project, String type) {
        post(
                server,
                "{\"type\":\"" + type + "\",\"source\":\"s\",\"data\":{\"project\":\"" + project
                        + "\",\"text\":\"two\\nlines\"}}");
    }

    private static void post(ApiExtension server, String event) {
        HttpCalls.Reply reply = server.http().post(server.endpoint() + "/v1/event", event);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    private static String url(ApiExtension server, String query) {
        return server.endpoint() + "/v1/event/stream?" + query;
    }

    /** A client that notes everything it reads. */
    private static final class Reader implements AutoCloseable {
        private static final HttpClient CLIENT =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        private final HttpResponse<InputStream> response;
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final List<String> types = new CopyOnWriteArrayList<>();
        private final List<String> failure = new CopyOnWriteArrayList<>();
        private final Thread thread;

        private Reader(HttpResponse<InputStream> response) {
            this.response = response;
            this.thread = Thread.ofVirtual().start(this::read);
        }

        /** Returns when the stream has begun. */
        static Reader open(ApiExtension server, String query, String last) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url(server, query))).header("x-token", ApiExtension.TOKEN);
            if (!last.isEmpty()) {
                request.header("Last-Event-ID", last);
            }
            try {
                var response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                if (response.statusCode() != 200) {
                    throw new IllegalStateException("answered " + response.statusCode());
                }
                assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
                return new Reader(response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private void read() {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        ids.add(line.substring("id: ".length()));
                    } else if (line.startsWith("data: ")) {
                        byte[] data = line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8);
                        types.add(Json.tree(data).get("type").asText());
                    }
                }
            } catch (IOException e) {
                failure.add(e.toString());
            }
        }

        List<String> types() {
            return types;
        }

        /** One for each message, those without data among them. */
        List<String> ids() {
            return ids;
        }

        List<String> failure() {
            return failure;
        }

        boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
