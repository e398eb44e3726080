package sh.keptn.api.lifecycle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.EventPage;
import sh.keptn.api.event.EventQuery;
import sh.keptn.api.event.EventStore;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Watched;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;
import sh.keptn.crds.ConditionType;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;

/**
 * Writes the events of every {@link Life} into the store. It compares what is in the cluster with what has been told and
 * tells the rest, so nothing is lost by a restart or a store that is down; the events' ids make it once, whatever the
 * number of replicas. A project that is gone takes its events with it.
 */
public final class LifecycleReporter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LifecycleReporter.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration SAFETY_NET = Duration.ofMinutes(1);

    private record Gone(Life life, Optional<Instant> since) {}

    private final Cluster cluster;
    private final EventStore events;
    private final Clock clock;
    private final Optional<Duration> retention;
    private final Semaphore changes = new Semaphore(0);
    private final Map<String, Gone> gone = new ConcurrentHashMap<>();
    private final Set<UUID> told = ConcurrentHashMap.newKeySet();
    private final Thread thread;

    /** Only the thread asks: whether what ended while nobody looked has been told. */
    private boolean caughtUp;

    private LifecycleReporter(Cluster cluster, EventStore events, Optional<Duration> retention, Clock clock) {
        this.cluster = cluster;
        this.events = events;
        this.retention = retention;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("lifecycle-reporter").unstarted(this::run);
    }

    /**
     * Begins to follow the cluster.
     *
     * @param retention how old the store lets events become; what is older is not told again
     */
    public static LifecycleReporter start(
            Cluster cluster, EventStore events, Optional<Duration> retention, Clock clock) {
        LifecycleReporter reporter = new LifecycleReporter(cluster, events, retention, clock);
        cluster.projects().follow(reporter.follower(Life::of));
        cluster.services().follow(reporter.follower(Life::of));
        reporter.thread.start();
        return reporter;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private <T extends HasMetadata> Watched.Follower<T> follower(Function<T, Life> life) {
        return new Watched.Follower<>() {
            @Override
            public void changed() {
                changes.release();
            }

            @Override
            public void gone(T last) {
                Life ended = life.apply(last);
                gone.put(ended.uid(), new Gone(ended, deletion(last)));
                changes.release();
            }
        };
    }

    private void run() {
        Duration wait = Duration.ZERO;
        try {
            while (true) {
                if (changes.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                    changes.drainPermits();
                }
                wait = turn();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to wait for a change before the next turn. */
    private Duration turn() throws InterruptedException {
        if (!cluster.isCurrent()) {
            TimeUnit.MILLISECONDS.sleep(100);
            return Duration.ZERO;
        }
        try {
            tellOfTheLiving();
            tellOfTheGone();
            catchUp();
            return SAFETY_NET;
        } catch (KeptnException notNow) {
            if (Thread.interrupted()) {
                throw new InterruptedException("closed in the middle of a call");
            }
            log.atWarn().setCause(notNow).log("events of projects and services are not told yet");
            TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
            return Duration.ZERO;
        }
    }

    private void tellOfTheLiving() {
        for (KeptnProject project : cluster.projects().list()) {
            Life life = Life.of(project);
            tell(life.createStarted());
            if (project.getStatus() != null && ready(project.getStatus().conditions())) {
                tell(life.created(now(), view(project)));
            }
        }
        for (KeptnService service : cluster.services().list()) {
            Life life = Life.of(service);
            tell(life.createStarted());
            if (service.getStatus() != null && made(service.getStatus().conditions())) {
                tell(life.created(now(), null));
            }
            if (deletion(service).isPresent() && projectLives(life.project())) {
                tell(life.deleteStarted(now()));
            }
        }
    }

    private void tellOfTheGone() {
        for (Gone ended : List.copyOf(gone.values())) {
            tellOfTheEnd(ended);
            gone.remove(ended.life().uid());
        }
    }

    /** Of what was made, and ended while no replica was there to see it. */
    private void catchUp() {
        if (caughtUp) {
            return;
        }
        Set<String> living = Stream.concat(cluster.projects().list().stream(), cluster.services().list().stream())
                .map(resource -> resource.getMetadata().getUid())
                .collect(Collectors.toSet());
        for (Life.Kind kind : Life.Kind.values()) {
            String type = Life.type(kind, Life.Step.CREATE_STARTED);
            EventQuery query = EventQuery.of(Map.of(EventField.TYPE, List.of(type)), EventQuery.MAX_LIMIT);
            Optional<EventQuery> next = Optional.of(query);
            while (next.isPresent()) {
                EventPage page = events.find(next.get());
                for (KeptnEvent started : page.events()) {
                    Life.of(started)
                            .filter(life -> !living.contains(life.uid()))
                            .ifPresent(life -> tellOfTheEnd(new Gone(life, Optional.empty())));
                }
                next = page.next().map(query::from);
            }
        }
        caughtUp = true;
    }

    private void tellOfTheEnd(Gone ended) {
        Life life = ended.life();
        Instant end = ended.since().orElseGet(() -> endOf(life));
        // Later than the end, for what is older goes with the project; the cluster's clock may be ahead of this one.
        Instant time = end.isBefore(now()) ? now() : end.plusMillis(1);
        boolean wasCreated = find(life.id(Life.Step.CREATE_FINISHED))
                .flatMap(event -> event.value(EventField.RESULT))
                .filter("pass"::equals)
                .isPresent();
        switch (life.kind()) {
            case PROJECT -> {
                tell(wasCreated ? life.deleted(time) : life.neverCreated(time));
                events.forget(new ProjectName(life.project()), end);
            }
            case SERVICE -> {
                // The services of a project that goes are not told of one by one, as in Keptn.
                if (projectLives(life.project())) {
                    if (wasCreated) {
                        tell(life.deleteStarted(time));
                    }
                    tell(wasCreated ? life.deleted(time) : life.neverCreated(time));
                }
            }
        }
        Stream.of(Life.Step.values()).map(life::id).forEach(told::remove);
    }

    /** Not later than the next project of the name began, whose events are not to be lost. */
    private Instant endOf(Life project) {
        return cluster.projects()
                .cached(project.project())
                .map(next -> Life.of(next).created())
                .orElseGet(this::now);
    }

    private void tell(KeptnEvent event) {
        if (told.contains(event.id())) {
            return;
        }
        boolean tooOld =
                retention.isPresent() && event.time().isBefore(clock.instant().minus(retention.get()));
        if (!tooOld) {
            events.append(event, Optional.empty());
        }
        told.add(event.id());
    }

    private Optional<KeptnEvent> find(UUID id) {
        return events.find(EventQuery.of(Map.of(EventField.ID, List.of(id.toString())), 1)).events().stream()
                .findFirst();
    }

    private boolean projectLives(String project) {
        return cluster.projects()
                .cached(project)
                .filter(there -> deletion(there).isEmpty())
                .isPresent();
    }

    private Instant now() {
        return clock.instant();
    }

    private static boolean ready(List<Condition> conditions) {
        return isTrue(conditions, ConditionType.READY);
    }

    /** A service is made once its folder is, however it runs. */
    private static boolean made(List<Condition> conditions) {
        return ready(conditions) || isTrue(conditions, ConditionType.PRESENT);
    }

    private static boolean isTrue(List<Condition> conditions, String type) {
        return conditions.stream()
                .anyMatch(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals("True"));
    }

    private static Optional<Instant> deletion(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getDeletionTimestamp())
                .map(Instant::parse);
    }

    private static ObjectNode view(KeptnProject project) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("projectName", project.getMetadata().getName());
        var status = project.getStatus();
        if (status != null && status.git() != null && status.git().url() != null) {
            view.put("gitRemoteURL", status.git().url());
        }
        if (status != null && status.shipyard() != null && status.shipyard().content() != null) {
            byte[] shipyard = status.shipyard().content().getBytes(StandardCharsets.UTF_8);
            view.put("shipyard", Base64.getEncoder().encodeToString(shipyard));
        }
        return view;
    }
}
