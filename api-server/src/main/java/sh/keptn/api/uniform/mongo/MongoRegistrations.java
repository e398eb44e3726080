package sh.keptn.api.uniform.mongo;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import sh.keptn.api.mongo.DeclaredIndexes;
import sh.keptn.api.mongo.DeclaredIndexes.Index;
import sh.keptn.api.mongo.MongoConnection;
import sh.keptn.api.mongo.MongoErrors;
import sh.keptn.api.uniform.Integration;
import sh.keptn.api.uniform.RegistrationQuery;
import sh.keptn.api.uniform.Registrations;
import sh.keptn.api.uniform.Subscription;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Integrations in a collection of their own. An integration that was not heard of within the time allowed is passed over
 * by every operation, taken away with the next registration, and by MongoDB's own expiry.
 */
public final class MongoRegistrations implements Registrations, AutoCloseable {
    private static final String COLLECTION = "integrations";

    /** How often one change starts over when another one comes between its two steps. */
    private static final int MAX_ATTEMPTS = 5;

    private final MongoCollection<Document> collection;
    private final DeclaredIndexes indexes;
    private final Duration silence;
    private final Clock clock;

    private MongoRegistrations(MongoConnection connection, Duration silence, Clock clock) {
        this.collection = connection.collection(COLLECTION);
        this.silence = silence;
        this.clock = clock;
        this.indexes = DeclaredIndexes.declare(
                collection,
                List.of(
                        new Index(
                                "owner",
                                Indexes.ascending(IntegrationDocuments.OWNER),
                                new IndexOptions().unique(true)),
                        new Index(
                                "silence",
                                Indexes.ascending(IntegrationDocuments.LAST_SEEN),
                                new IndexOptions().expireAfter(silence.toSeconds(), TimeUnit.SECONDS))));
    }

    /**
     * Returns at once.
     *
     * @param silence how long an integration may say nothing before it is taken for gone
     */
    public static MongoRegistrations on(MongoConnection connection, Duration silence, Clock clock) {
        return new MongoRegistrations(connection, silence, clock);
    }

    @Override
    public Registered register(Integration integration) {
        return translating(() -> {
            collection.deleteMany(Filters.lt(IntegrationDocuments.LAST_SEEN, heardSince()));
            Bson owner = Filters.eq(IntegrationDocuments.OWNER, IntegrationDocuments.owner(integration));
            for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
                Optional<Registered> registered = register(integration, owner);
                if (registered.isPresent()) {
                    return registered.get();
                }
            }
            throw busy();
        });
    }

    /** Empty if somebody registers or goes at this very moment. */
    private Optional<Registered> register(Integration integration, Bson owner) {
        Bson refresh = IntegrationDocuments.refresh(integration);
        try {
            UpdateResult result = collection.updateOne(
                    owner,
                    Updates.combine(refresh, IntegrationDocuments.create(integration)),
                    new UpdateOptions().upsert(true));
            if (result.getUpsertedId() != null) {
                return Optional.of(new Registered.Created(integration.id()));
            }
            Document known = collection
                    .find(owner)
                    .projection(Projections.include(IntegrationDocuments.ID))
                    .first();
            return Optional.ofNullable(known)
                    .map(there -> new Registered.Known(there.getString(IntegrationDocuments.ID)));
        } catch (MongoWriteException e) {
            if (!MongoErrors.isDuplicateKey(e)) {
                throw e;
            }
            // Made by another request just now, or the id belongs to another name and namespace with the same digest.
            UpdateResult sameId = collection.updateOne(Filters.eq(IntegrationDocuments.ID, integration.id()), refresh);
            return sameId.getMatchedCount() == 0
                    ? Optional.empty()
                    : Optional.of(new Registered.Known(integration.id()));
        }
    }

    @Override
    public List<Integration> find(RegistrationQuery query) {
        return translating(() -> collection
                .find(Filters.and(IntegrationDocuments.matching(query), alive()))
                .sort(Sorts.ascending(IntegrationDocuments.NAME, IntegrationDocuments.ID))
                .map(IntegrationDocuments::integration)
                .into(new ArrayList<>()));
    }

    @Override
    public Optional<Integration> ping(String id) {
        return translating(() -> Optional.ofNullable(collection.findOneAndUpdate(
                        there(id),
                        Updates.max(IntegrationDocuments.LAST_SEEN, Date.from(clock.instant())),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
                .map(IntegrationDocuments::integration));
    }

    @Override
    public void remove(String id) {
        translating(() -> collection.deleteOne(Filters.eq(IntegrationDocuments.ID, id)));
    }

    @Override
    public boolean put(String id, Subscription subscription) {
        return translating(() -> {
            Document document = IntegrationDocuments.subscription(subscription);
            for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
                UpdateResult replaced = collection.updateOne(
                        Filters.and(
                                Filters.eq(IntegrationDocuments.ID, id),
                                Filters.eq(IntegrationDocuments.SUBSCRIPTION_ID, subscription.id()),
                                alive()),
                        Updates.set(IntegrationDocuments.SUBSCRIPTIONS + ".$", document));
                if (replaced.getMatchedCount() > 0) {
                    return true;
                }
                UpdateResult added = collection.updateOne(
                        Filters.and(
                                there(id),
                                Filters.ne(IntegrationDocuments.SUBSCRIPTION_ID, subscription.id()),
                                Filters.exists(IntegrationDocuments.LAST_SUBSCRIPTION, false)),
                        Updates.push(IntegrationDocuments.SUBSCRIPTIONS, document));
                if (added.getMatchedCount() > 0) {
                    return true;
                }
                Document now = collection.find(there(id)).first();
                if (now == null) {
                    return false;
                }
                if (IntegrationDocuments.integration(now).subscriptions().size() >= MAX_SUBSCRIPTIONS) {
                    throw new KeptnException(
                            new KeptnError.Denied("subscriptions", "are " + MAX_SUBSCRIPTIONS + " already"));
                }
            }
            throw busy();
        });
    }

    @Override
    public boolean removeSubscription(String id, String subscription) {
        return translating(() -> collection
                        .updateOne(
                                there(id),
                                Updates.pull(
                                        IntegrationDocuments.SUBSCRIPTIONS,
                                        Filters.eq(IntegrationDocuments.SUBSCRIPTION_KEY, subscription)))
                        .getMatchedCount()
                > 0);
    }

    @Override
    public void close() {
        indexes.close();
    }

    private Bson there(String id) {
        return Filters.and(Filters.eq(IntegrationDocuments.ID, id), alive());
    }

    private Bson alive() {
        return Filters.gte(IntegrationDocuments.LAST_SEEN, heardSince());
    }

    private Date heardSince() {
        return Date.from(clock.instant().minus(silence));
    }

    private <T> T translating(Supplier<T> call) {
        return MongoErrors.translating(() -> {
            indexes.ensure();
            return call.get();
        });
    }

    private static KeptnException busy() {
        return new KeptnException(
                new KeptnError.Unavailable("others change this integration at this moment", Duration.ofSeconds(1)));
    }
}
