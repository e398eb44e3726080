package sh.keptn.api.uniform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoSettings;
import sh.keptn.api.uniform.Filter;
import sh.keptn.api.uniform.Integration;
import sh.keptn.api.uniform.RegistrationQuery;
import sh.keptn.api.uniform.Registrations.Registered;
import sh.keptn.api.uniform.Subscription;
import sh.keptn.core.config.Secret;
import sh.keptn.local.store.EmbeddedStore;

class MongoRegistrationsIT {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final RegistrationQuery ALL = new RegistrationQuery(Map.of());

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedStore server;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @SuppressWarnings("NullAway.Init")
    private MongoConnection connection;

    @SuppressWarnings("NullAway.Init")
    private MongoRegistrations registrations;

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
        String uri = server.uri() + "/uniform" + DATABASES.incrementAndGet();
        connection = MongoConnection.open(new MongoSettings(new Secret(uri), Optional.empty()));
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        registrations = MongoRegistrations.on(connection, Duration.ofMinutes(1), clock);
    }

    @AfterEach
    void disconnect() {
        registrations.close();
        connection.close();
    }

    @Test
    void keepsAnIntegrationAsItIs() {
        // given
        Integration integration = integration("1", "node", subscription("s-1"));
        // when
        Registered registered = registrations.register(integration);
        // then
        assertThat(registered).isEqualTo(new Registered.Created("id-node"));
        assertThat(registrations.find(ALL)).containsExactly(integration);
    }

    @Test
    void aSecondRegistrationChangesTheVersionsAndNoSubscription() {
        // given
        registrations.register(integration("1", "node", subscription("s-1")));
        now.set(START.plusSeconds(10));
        // when the same comes from another node
        Registered registered = registrations.register(integration("2", "other-node", subscription("s-2")));
        // then
        assertThat(registered).isEqualTo(new Registered.Known("id-node"));
        Integration known = registrations.find(ALL).getFirst();
        assertThat(known.metadata().integrationVersion()).isEqualTo("2");
        assertThat(known.metadata().hostname()).isEqualTo("node");
        assertThat(known.lastSeen()).isEqualTo(now.get());
        assertThat(known.subscriptions()).extracting(Subscription::id).containsExactly("s-1");
    }

    @Test
    void whoIsSilentTooLongIsGone() {
        // given
        registrations.register(integration("1", "node", subscription("s-1")));
        // when
        now.set(START.plusSeconds(61));
        // then
        assertThat(registrations.find(ALL)).isEmpty();
        assertThat(registrations.ping("id-node")).isEmpty();
        assertThat(registrations.put("id-node", subscription("s-2"))).isFalse();
        assertThat(registrations.removeSubscription("id-node", "s-1")).isFalse();
        assertThat(registrations.register(integration("1", "node"))).isEqualTo(new Registered.Created("id-node"));
        assertThat(registrations.find(ALL).getFirst().subscriptions()).isEmpty();
    }

    @Test
    void whoPingsStays() {
        // given
        registrations.register(integration("1", "node"));
        now.set(START.plusSeconds(50));
        // when
        Optional<Integration> pinged = registrations.ping("id-node");
        // then
        assertThat(pinged.orElseThrow().lastSeen()).isEqualTo(now.get());
        now.set(START.plusSeconds(100));
        assertThat(registrations.find(ALL)).hasSize(1);
    }

    @Test
    void changesThatComeTogetherLoseNothing() throws Exception {
        // given
        registrations.register(integration("1", "node"));
        int writers = 20;
        // when everybody adds one and removes another, replaces a shared one, pings and registers again
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> writes =
                    IntStream.range(0, writers).mapToObj(this::write).toList();
            for (Future<Void> done : pool.invokeAll(writes)) {
                done.get();
            }
        }
        // then
        List<Integration> all = registrations.find(ALL);
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().subscriptions())
                .extracting(Subscription::id)
                .hasSize(writers + 1)
                .contains("shared")
                .doesNotHaveDuplicates()
                .noneMatch(id -> id.startsWith("goes-"));
    }

    private Callable<Void> write(int i) {
        return () -> {
            registrations.put("id-node", subscription("stays-" + i));
            registrations.put("id-node", subscription("goes-" + i));
            registrations.put("id-node", subscription("shared"));
            registrations.ping("id-node");
            registrations.register(integration(Integer.toString(i), "node" + i));
            registrations.removeSubscription("id-node", "goes-" + i);
            return null;
        };
    }

    private Integration integration(String version, String node, Subscription... subscriptions) {
        return new Integration(
                "id-" + node,
                "helm-service",
                new Integration.Metadata(node, version, "1.4.5", "control-plane", "keptn", "pod", "deployment"),
                now.get(),
                List.of(subscriptions));
    }

    private static Subscription subscription(String id) {
        return new Subscription(
                id, "sh.keptn.event.test.triggered", new Filter(List.of("p"), List.of("dev"), List.of()));
    }
}
