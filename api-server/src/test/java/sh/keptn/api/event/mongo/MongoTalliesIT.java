package sh.keptn.api.event.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.api.event.SampleEvent.anEvent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.api.event.Horizon;
import sh.keptn.api.event.tally.Tallies;
import sh.keptn.api.event.tally.Tally;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoSettings;
import sh.keptn.core.config.Secret;
import sh.keptn.local.store.EmbeddedStore;

/** Counting events on the real driver and wire protocol, by several at one time. */
class MongoTalliesIT {
    private static final Instant FROM = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-01-03T00:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedStore server;

    @SuppressWarnings("NullAway.Init")
    private MongoEventStore store;

    private final List<MongoConnection> connections = new ArrayList<>();

    @BeforeEach
    void connect() throws IOException {
        server = EmbeddedStore.start(directory, 0);
        store = connected();
    }

    @AfterEach
    void disconnect() {
        store.close();
        connections.forEach(MongoConnection::close);
        server.close();
    }

    @Test
    void countsEachEventOnceHoweverManyCount() throws InterruptedException {
        // given
        append(300);
        // when
        try (MongoEventStore replica = connected()) {
            List<Thread> counting = new ArrayList<>();
            for (MongoEventStore one : List.of(store, replica, store, replica)) {
                counting.add(Thread.ofVirtual().start(() -> tallies(one).between(FROM, TO)));
            }
            for (Thread thread : counting) {
                thread.join();
            }
        }
        // then
        assertThat(events(tallies(store))).isEqualTo(300);
    }

    @Test
    void countsNothingTwiceWhenItsOwnNoteWasLost() {
        // given
        append(20);
        tallies(store).between(FROM, TO);
        // when the same part is added again, as after a stop between adding and noting
        store.tallies().add(Tally.bucket(anEvent().make().time()), "podtato", store.marks(1, 20));
        // then
        assertThat(events(tallies(store))).isEqualTo(20);
    }

    @Test
    void addsWhatComesLater() {
        // given
        append(3);
        assertThat(events(tallies(store))).isEqualTo(3);
        // when
        append(2);
        // then
        assertThat(events(tallies(store))).isEqualTo(5);
    }

    @Test
    void forgetsWhatIsOld() {
        // given
        append(3);
        tallies(store).between(FROM, TO);
        // when
        store.tallies().forget(TO);
        // then
        assertThat(tallies(store).between(FROM, TO)).isEmpty();
    }

    private void append(int events) {
        for (int n = 0; n < events; n++) {
            store.append(anEvent().after(n).make(), Optional.empty());
        }
    }

    private static long events(Tallies tallies) {
        return tallies.between(FROM, TO).stream()
                .map(Tally::counts)
                .flatMap(counts -> counts.entrySet().stream())
                .filter(count -> count.getKey().kind() == Tally.Kind.EVENT)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Tallies tallies(MongoEventStore store) {
        Clock clock = Clock.systemUTC();
        return Tallies.over(store, new Horizon(store, clock), store.tallies(), Optional.empty(), clock);
    }

    private MongoEventStore connected() {
        MongoConnection connection =
                MongoConnection.open(new MongoSettings(new Secret(server.uri()), Optional.empty()));
        connections.add(connection);
        return MongoEventStore.on(connection, Optional.empty());
    }
}
