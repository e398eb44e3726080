package sh.keptn.api;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import sh.keptn.api.event.AbsentEventStore;
import sh.keptn.api.event.ControlPlaneEventRoom;
import sh.keptn.api.event.DatastoreRoom;
import sh.keptn.api.event.EventIntake;
import sh.keptn.api.event.EventRoom;
import sh.keptn.api.event.EventStore;
import sh.keptn.api.event.Horizon;
import sh.keptn.api.event.TriggeredRoom;
import sh.keptn.api.event.mongo.MongoEventStore;
import sh.keptn.api.event.stream.StreamRoom;
import sh.keptn.api.event.tally.AbsentTallyStore;
import sh.keptn.api.event.tally.Tallies;
import sh.keptn.api.event.tally.TallyStore;
import sh.keptn.api.http.Room;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.lifecycle.LifecycleReporter;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoSettings;
import sh.keptn.api.statistics.StatisticsRoom;

/** The event part of the server, put together: the store, the rooms before it, and who tells of projects. */
final class Events implements AutoCloseable {
    private final EventIntake intake;
    private final List<Room> rooms;
    private final StreamRoom streams;
    private final Tallies tallies;
    private final Optional<MongoEventStore> mongo;
    private final Optional<LifecycleReporter> reporter;

    private Events(
            EventIntake intake,
            List<Room> rooms,
            StreamRoom streams,
            Tallies tallies,
            Optional<MongoEventStore> mongo,
            Optional<LifecycleReporter> reporter) {
        this.intake = intake;
        this.rooms = List.copyOf(rooms);
        this.streams = streams;
        this.tallies = tallies;
        this.mongo = mongo;
        this.reporter = reporter;
    }

    /**
     * Returns at once, whether the database answers or not.
     *
     * @param database empty: there are no events
     */
    static Events start(ApiConfig.Events config, Optional<MongoConnection> database, Cluster cluster, Clock clock) {
        Optional<Duration> retention = config.store().flatMap(MongoSettings::retention);
        Optional<MongoEventStore> mongo = database.map(open -> MongoEventStore.on(open, retention));
        EventStore store = mongo.<EventStore>map(connected -> connected).orElseGet(AbsentEventStore::new);
        Optional<LifecycleReporter> reporter =
                database.map(_ -> LifecycleReporter.start(cluster, store, retention, clock));
        EventIntake intake = new EventIntake(store, clock);
        Horizon horizon = new Horizon(store, clock);
        StreamRoom streams = new StreamRoom(store, horizon, config.streams(), clock);
        TallyStore counts = mongo.map(MongoEventStore::tallies).orElseGet(AbsentTallyStore::new);
        Tallies tallies = Tallies.over(store, horizon, counts, config.statisticsRetention(), clock);
        mongo.ifPresent(_ -> tallies.start());
        List<Room> rooms = List.of(
                new EventRoom(intake, config.rules()),
                new ControlPlaneEventRoom(intake, config.rules()),
                new DatastoreRoom(store),
                new TriggeredRoom(store, cluster, clock),
                streams,
                new StatisticsRoom(tallies));
        return new Events(intake, rooms, streams, tallies, mongo, reporter);
    }

    /** Takes in the events that the server itself has to tell. */
    EventIntake intake() {
        return intake;
    }

    /** Where events come in and are asked for. */
    List<Room> rooms() {
        return rooms;
    }

    /** Lets those who follow the events go, so that the server can stop. */
    void endStreams() {
        streams.end();
    }

    @Override
    public void close() {
        streams.close();
        tallies.close();
        reporter.ifPresent(LifecycleReporter::close);
        mongo.ifPresent(MongoEventStore::close);
    }
}
