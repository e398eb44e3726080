package sh.keptn.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import sh.keptn.api.event.AbsentEventStore;
import sh.keptn.api.event.DatastoreRoom;
import sh.keptn.api.event.EventRoom;
import sh.keptn.api.event.EventStore;
import sh.keptn.api.event.TriggeredRoom;
import sh.keptn.api.event.mongo.MongoEventStore;
import sh.keptn.api.http.Room;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.lifecycle.LifecycleReporter;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoSettings;

/** The event part of the server, put together: the store, the two rooms before it, and who tells of projects. */
final class Events implements AutoCloseable {
    private final Room in;
    private final Room out;
    private final Room work;
    private final Optional<MongoEventStore> mongo;
    private final Optional<LifecycleReporter> reporter;

    private Events(
            Room in, Room out, Room work, Optional<MongoEventStore> mongo, Optional<LifecycleReporter> reporter) {
        this.in = in;
        this.out = out;
        this.work = work;
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
        return new Events(
                new EventRoom(store, config.rules(), clock),
                new DatastoreRoom(store),
                new TriggeredRoom(store, cluster, clock),
                mongo,
                reporter);
    }

    /** Where events come in. */
    Room in() {
        return in;
    }

    /** Where events are asked for. */
    Room out() {
        return out;
    }

    /** Where agents ask what there is to do. */
    Room work() {
        return work;
    }

    @Override
    public void close() {
        reporter.ifPresent(LifecycleReporter::close);
        mongo.ifPresent(MongoEventStore::close);
    }
}
