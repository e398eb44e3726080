package sh.keptn.api.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/** A pool of connections to one database. Whoever opens it closes it, after the stores that use it. */
public final class MongoConnection implements AutoCloseable {
    private final MongoClient client;
    private final MongoDatabase database;

    private MongoConnection(MongoClient client, String database) {
        this.client = client;
        this.database = client.getDatabase(database);
    }

    /** Returns at once; the database is looked for in the background. */
    public static MongoConnection open(MongoSettings settings) {
        return new MongoConnection(MongoClients.create(settings.client()), settings.database());
    }

    public MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    @Override
    public void close() {
        client.close();
    }
}
