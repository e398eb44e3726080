package sh.keptn.api.event.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sh.keptn.core.config.Env;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;

/**
 * Where the database is and how long it may take.
 *
 * @param uri with the database's name as its path; {@code keptn} when it has none
 * @param retention how old events become; empty: they are kept
 */
public record MongoSettings(Secret uri, Optional<Duration> retention) {
    private static final String DATABASE = "keptn";

    /** Short enough that a client has its 503 within two seconds. */
    private static final long FIND_SERVER_MILLIS = 1_500;

    private static final int READ_MILLIS = 10_000;
    private static final int CONNECTIONS = 50;
    private static final long MAJORITY_MILLIS = 5_000;

    public MongoSettings {
        parse(uri);
    }

    /** The settings in the environment; empty without MONGODB_URI. */
    public static Optional<MongoSettings> from(Env env) {
        Optional<Duration> retention =
                env.text("KEPTN_EVENT_RETENTION").map(_ -> env.duration("KEPTN_EVENT_RETENTION", Duration.ZERO));
        return env.secret("MONGODB_URI").map(uri -> new MongoSettings(uri, retention));
    }

    String database() {
        return Optional.ofNullable(parse(uri).getDatabase()).orElse(DATABASE);
    }

    MongoClientSettings client() {
        return MongoClientSettings.builder()
                .applicationName("keptn-api-server")
                .writeConcern(WriteConcern.MAJORITY.withWTimeout(MAJORITY_MILLIS, TimeUnit.MILLISECONDS))
                .readPreference(ReadPreference.primary())
                .retryWrites(true)
                .retryReads(true)
                .applyConnectionString(parse(uri))
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(FIND_SERVER_MILLIS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(FIND_SERVER_MILLIS, TimeUnit.MILLISECONDS)
                        .readTimeout(READ_MILLIS, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(
                        pool -> pool.maxSize(CONNECTIONS).maxWaitTime(FIND_SERVER_MILLIS, TimeUnit.MILLISECONDS))
                .build();
    }

    private static ConnectionString parse(Secret uri) {
        try {
            return new ConnectionString(uri.reveal());
        } catch (IllegalArgumentException notOne) {
            // Not the driver's text: it repeats the URI, and with it a password.
            throw KeptnException.invalid("MONGODB_URI", "is not a MongoDB connection string");
        }
    }
}
