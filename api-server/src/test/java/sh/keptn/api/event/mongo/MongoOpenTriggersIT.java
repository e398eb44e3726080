package sh.keptn.api.event.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.api.event.SampleEvent.anEvent;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.api.event.EventStore;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.event.OpenTriggersContract;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoSettings;
import sh.keptn.core.config.Secret;
import sh.keptn.local.store.EmbeddedStore;

/** The list of open work on the wire, and how it heals when it was cut short or is lost. */
class MongoOpenTriggersIT extends OpenTriggersContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String TASK = "sh.keptn.event.deployment";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedStore server;

    @SuppressWarnings("NullAway.Init")
    private MongoConnection connection;

    @SuppressWarnings("NullAway.Init")
    private MongoEventStore store;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedStore.start(directory, 0);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        String uri = server.uri() + "/open" + DATABASES.incrementAndGet();
        connection = MongoConnection.open(new MongoSettings(new Secret(uri), Optional.empty()));
        store = MongoEventStore.on(connection, Optional.empty());
        await().until(() -> entries().find(Filters.eq("_id", "derived")).first() != null);
    }

    @AfterEach
    void disconnect() {
        store.close();
        connection.close();
    }

    @Override
    protected EventStore store() {
        return store;
    }

    @Test
    void anEndCountsThoughTheServerDiedBeforeItTookTheWorkOffTheList() {
        // given an end that is kept, and an entry that has been told of it, but is still there
        KeptnEvent triggered = append(anEvent().type(TASK + ".triggered"));
        tell(triggered, TASK + ".started");
        Document entry = Objects.requireNonNull(
                entries().find(Filters.eq("_id", triggered.id().toString())).first());
        KeptnEvent finished = finished(triggered);
        store.append(finished, Optional.empty());
        entry.getList("finished", String.class).add(finished.id().toString());
        entries().insertOne(entry);
        // when
        var open = open(TASK);
        // then
        assertThat(open).isEmpty();
        assertThat(entries().countDocuments(Filters.eq("type", TASK + ".triggered")))
                .isZero();
    }

    @Test
    void anEndThatWasAnnouncedAndNeverKeptDoesNotCount() {
        // given
        KeptnEvent triggered = append(anEvent().type(TASK + ".triggered"));
        tell(triggered, TASK + ".started");
        entries()
                .updateOne(
                        Filters.eq("_id", triggered.id().toString()),
                        new Document("$push", new Document("finished", "never-kept")));
        // when
        var open = open(TASK);
        // then
        assertThat(open).containsExactly(triggered);
    }

    @Test
    void anEntryWhoseEventWasNeverKeptIsNotHandedOutAndGoes() {
        // given
        KeptnEvent never = append(anEvent().type(TASK + ".triggered"));
        connection.collection("events").deleteOne(Filters.eq("_id", never.id().toString()));
        // when
        var open = open(TASK);
        // then
        assertThat(open).isEmpty();
        assertThat(entries().countDocuments(Filters.eq("type", TASK + ".triggered")))
                .isZero();
    }

    @Test
    void makesALostListFromTheEvents() {
        // given
        KeptnEvent open = append(anEvent().type(TASK + ".triggered"));
        KeptnEvent begun = append(anEvent().type(TASK + ".triggered").after(1));
        tell(begun, TASK + ".started");
        KeptnEvent done = append(anEvent().type(TASK + ".triggered"));
        tell(done, TASK + ".started");
        tell(done, TASK + ".finished");
        store.close();
        entries().drop();
        // when
        store = MongoEventStore.on(connection, Optional.empty());
        // then
        await().untilAsserted(() -> assertThat(open(TASK)).containsExactly(begun, open));
        store.append(finished(begun), Optional.empty());
        assertThat(open(TASK)).containsExactly(open);
    }

    private static KeptnEvent finished(KeptnEvent of) {
        return anEvent().type(TASK + ".finished").triggered(of.id().toString()).make();
    }

    private MongoCollection<Document> entries() {
        return connection.collection("open");
    }
}
