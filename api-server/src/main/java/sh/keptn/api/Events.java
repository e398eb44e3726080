package sh.keptn.api;

import java.time.Clock;
import java.util.Optional;
import sh.keptn.api.event.AbsentEventStore;
import sh.keptn.api.event.DatastoreRoom;
import sh.keptn.api.event.EventRoom;
import sh.keptn.api.event.EventStore;
import sh.keptn.api.event.mongo.MongoEventStore;
import sh.keptn.api.http.Room;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.lifecycle.LifecycleReporter;

/** The event part of the server, put together: the store, the two rooms before it, and who tells of projects. */
final class Events implements AutoCloseable {
    private final Room in;
    private final Room out;
    private final Optional<MongoEventStore> mongo;
    private final Optional<LifecycleReporter> reporter;

    private Events(Room in, Room out, Optional<MongoEventStore> mongo, Optional<LifecycleReporter> reporter) {
        this.in = in;
        this.out = out;
        this.mongo = mongo;
        this.reporter = reporter;
    }

    /** Returns at once, whether the database answers or not. */
    static Events start(ApiConfig.Events config, Cluster cluster, Clock clock) {
        Optional<MongoEventStore> mongo = config.store().map(MongoEventStore::connect);
        EventStore store = mongo.<EventStore>map(connected -> connected).orElseGet(AbsentEventStore::new);
        Optional<LifecycleReporter> reporter =
                config.store().map(settings -> LifecycleReporter.start(cluster, store, settings.retention(), clock));
        return new Events(new EventRoom(store, config.rules(), clock), new DatastoreRoom(store), mongo, reporter);
    }

    /** Where events come in. */
    Room in() {
        return in;
    }

    /** Where events are asked for. */
    Room out() {
        return out;
    }

    @Override
    public void close() {
        reporter.ifPresent(LifecycleReporter::close);
        mongo.ifPresent(MongoEventStore::close);
    }
}
