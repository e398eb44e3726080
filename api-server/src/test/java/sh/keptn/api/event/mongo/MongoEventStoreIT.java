package sh.keptn.api.event.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static sh.keptn.api.event.SampleEvent.anEvent;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.EventLog.Appended;
import sh.keptn.api.event.EventQuery;
import sh.keptn.api.event.EventStore;
import sh.keptn.api.event.EventStoreContract;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.local.store.EmbeddedStore;

/** The contract on the real driver and wire protocol, and what happens when the database goes away. */
class MongoEventStoreIT extends EventStoreContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedStore server;

    @SuppressWarnings("NullAway.Init")
    private MongoEventStore store;

    @SuppressWarnings("NullAway.Init")
    private String uri;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedStore.start(directory.resolve("shared"), 0);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        uri = server.uri() + "/events" + DATABASES.incrementAndGet();
        store = connect(uri);
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    @Override
    protected EventStore store() {
        return store;
    }

    @Test
    void m1StartsWithoutADatabaseAndRecoversAlone() throws IOException {
        // given
        int port = freePort();
        try (MongoEventStore early = connect("mongodb://127.0.0.1:" + port)) {
            assertThat(early.isReachable()).isFalse();
            // when
            try (EmbeddedStore late = EmbeddedStore.start(directory.resolve("late"), port)) {
                // then
                assertThat(late.port()).isEqualTo(port);
                await().until(early::isReachable);
                assertThat(early.append(anEvent().make(), Optional.empty())).isEqualTo(new Appended.Stored());
            }
        }
    }

    @Test
    void m2SaysUnavailableWhileTheDatabaseIsDown() throws IOException {
        // given
        EmbeddedStore dying = EmbeddedStore.start(directory.resolve("dying"), 0);
        int port = dying.port();
        try (MongoEventStore lasting = connect(dying.uri())) {
            KeptnEvent before = anEvent().after(1).make();
            lasting.append(before, Optional.empty());
            // when
            dying.close();
            // then
            assertThatThrownBy(() -> lasting.append(anEvent().make(), Optional.empty()))
                    .isInstanceOfSatisfying(
                            KeptnException.class,
                            e -> assertThat(e.error()).isInstanceOf(KeptnError.Unavailable.class));
            try (EmbeddedStore again = EmbeddedStore.start(directory.resolve("dying"), port)) {
                assertThat(again.port()).isEqualTo(port);
                await().until(lasting::isReachable);
                assertThat(lasting.find(EventQuery.of(Map.of(), 10)).events()).containsExactly(before);
            }
        }
    }

    @Test
    void m7WorksWithoutAUniqueIndexThatOldDuplicatesForbid() {
        // given two documents with the same root, from before the index
        String old = server.uri() + "/duplicates";
        try (MongoClient client = MongoClients.create(old)) {
            client.getDatabase("duplicates")
                    .getCollection("events")
                    .insertMany(List.of(new Document("root", "same"), new Document("root", "same")));
        }
        try (MongoEventStore lenient = connect(old)) {
            KeptnEvent event = anEvent().make();
            // when
            Appended appended = lenient.append(event, Optional.empty());
            // then
            assertThat(appended).isEqualTo(new Appended.Stored());
            assertThat(lenient.find(EventQuery.of(Map.of(EventField.PROJECT, List.of("podtato")), 10))
                            .events())
                    .containsExactly(event);
        }
    }

    @Test
    void k15KeepsAllEventsInOneCollectionWhateverTheirProjectIsCalled() {
        // given
        KeptnEvent event = anEvent().data("{\"project\":\"system.users\"}").make();
        // when
        store.append(event, Optional.empty());
        // then
        try (MongoClient client = MongoClients.create(uri)) {
            List<String> collections = client.getDatabase(uri.substring(uri.lastIndexOf('/') + 1))
                    .listCollectionNames()
                    .into(new ArrayList<>());
            assertThat(collections).containsExactly("events");
        }
    }

    @Test
    void declaresItsIndexesAtTheFirstUse() {
        // given
        store.append(anEvent().make(), Optional.empty());
        // when
        List<String> names = new ArrayList<>();
        try (MongoClient client = MongoClients.create(uri)) {
            client.getDatabase(uri.substring(uri.lastIndexOf('/') + 1))
                    .getCollection("events")
                    .listIndexes()
                    .forEach(index -> names.add(index.getString("name")));
        }
        // then: the embedded server remembers only what is unique
        assertThat(names).contains("root", "repeat");
    }

    @Test
    void saysNothingOfAPasswordInAWrongUri() {
        // given
        Secret wrong = new Secret("mongodb:/user:canary@host");
        // when, then
        assertThatThrownBy(() -> new MongoSettings(wrong, Optional.empty()))
                .hasMessageContaining("MONGODB_URI")
                .hasMessageNotContaining("canary");
    }

    private static MongoEventStore connect(String uri) {
        return MongoEventStore.connect(new MongoSettings(new Secret(uri), Optional.empty()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
