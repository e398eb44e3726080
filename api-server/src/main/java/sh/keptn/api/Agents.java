package sh.keptn.api;

import java.time.Clock;
import java.util.Optional;
import sh.keptn.api.http.Room;
import sh.keptn.api.log.AbsentLogBook;
import sh.keptn.api.log.LogBook;
import sh.keptn.api.log.LogRoom;
import sh.keptn.api.log.mongo.MongoLogBook;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.uniform.AbsentRegistrations;
import sh.keptn.api.uniform.Registrations;
import sh.keptn.api.uniform.Uniform;
import sh.keptn.api.uniform.UniformRoom;
import sh.keptn.api.uniform.WebhookSubscriptions;
import sh.keptn.api.uniform.mongo.MongoRegistrations;

/** The part of the server that integrations talk to about themselves: who is there, and what they report. */
final class Agents implements AutoCloseable {
    private final Uniform uniform;
    private final Room uniformRoom;
    private final Room logRoom;
    private final Optional<MongoRegistrations> registrations;
    private final Optional<MongoLogBook> logs;

    private Agents(
            Registrations known,
            LogBook book,
            Optional<MongoRegistrations> registrations,
            Optional<MongoLogBook> logs,
            Clock clock) {
        this.uniform = new Uniform(known);
        this.uniformRoom = new UniformRoom(uniform, clock);
        this.logRoom = new LogRoom(book, clock);
        this.registrations = registrations;
        this.logs = logs;
    }

    /** Returns at once, whether the database answers or not. */
    static Agents start(ApiConfig.Agents config, Optional<MongoConnection> database, Clock clock) {
        Optional<MongoRegistrations> registrations =
                database.map(open -> MongoRegistrations.on(open, config.silence(), clock));
        Optional<MongoLogBook> logs = database.map(open -> MongoLogBook.on(open, config.logRetention(), clock));
        return new Agents(
                registrations.<Registrations>map(there -> there).orElseGet(AbsentRegistrations::new),
                logs.<LogBook>map(there -> there).orElseGet(AbsentLogBook::new),
                registrations,
                logs,
                clock);
    }

    /** Where integrations introduce themselves. */
    Room uniform() {
        return uniformRoom;
    }

    /** Where they report. */
    Room logs() {
        return logRoom;
    }

    /** For whoever lets the webhook service hear of events. */
    WebhookSubscriptions webhooks() {
        return uniform;
    }

    @Override
    public void close() {
        registrations.ifPresent(MongoRegistrations::close);
        logs.ifPresent(MongoLogBook::close);
    }
}
