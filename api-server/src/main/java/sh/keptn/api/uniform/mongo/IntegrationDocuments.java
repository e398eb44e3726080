package sh.keptn.api.uniform.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import sh.keptn.api.uniform.Filter;
import sh.keptn.api.uniform.Integration;
import sh.keptn.api.uniform.RegistrationQuery;
import sh.keptn.api.uniform.Registrations;
import sh.keptn.api.uniform.Subscription;

/** Integrations as documents. */
final class IntegrationDocuments {
    static final String ID = "_id";
    static final String NAME = "name";
    /** Name and namespace in one: there is one integration of a name in a namespace. */
    static final String OWNER = "owner";

    static final String LAST_SEEN = "lastSeen";
    static final String SUBSCRIPTIONS = "subscriptions";
    static final String SUBSCRIPTION_KEY = "id";
    static final String SUBSCRIPTION_ID = SUBSCRIPTIONS + "." + SUBSCRIPTION_KEY;
    /** There when there are as many as there may be. */
    static final String LAST_SUBSCRIPTION = SUBSCRIPTIONS + "." + (Registrations.MAX_SUBSCRIPTIONS - 1);

    private static final String NAMESPACE = "namespace";
    private static final String HOSTNAME = "hostname";
    private static final String INTEGRATION_VERSION = "integrationVersion";
    private static final String DISTRIBUTOR_VERSION = "distributorVersion";
    private static final String LOCATION = "location";
    private static final String POD = "pod";
    private static final String DEPLOYMENT = "deployment";
    private static final String EVENT = "event";
    private static final String PROJECTS = "projects";
    private static final String STAGES = "stages";
    private static final String SERVICES = "services";

    private IntegrationDocuments() {}

    static String owner(Integration integration) {
        return integration.metadata().namespace() + "\n" + integration.name();
    }

    /** What changes whenever it registers. */
    static Bson refresh(Integration integration) {
        return Updates.combine(
                Updates.set(INTEGRATION_VERSION, integration.metadata().integrationVersion()),
                Updates.set(DISTRIBUTOR_VERSION, integration.metadata().distributorVersion()),
                Updates.set(LAST_SEEN, Date.from(integration.lastSeen())));
    }

    /** What is written when it registers for the first time. */
    static Bson create(Integration integration) {
        Integration.Metadata said = integration.metadata();
        return Updates.combine(
                Updates.setOnInsert(ID, integration.id()),
                Updates.setOnInsert(NAME, integration.name()),
                Updates.setOnInsert(NAMESPACE, said.namespace()),
                Updates.setOnInsert(HOSTNAME, said.hostname()),
                Updates.setOnInsert(LOCATION, said.location()),
                Updates.setOnInsert(POD, said.podName()),
                Updates.setOnInsert(DEPLOYMENT, said.deploymentName()),
                Updates.setOnInsert(
                        SUBSCRIPTIONS,
                        integration.subscriptions().stream()
                                .map(IntegrationDocuments::subscription)
                                .toList()));
    }

    static Document subscription(Subscription subscription) {
        Filter filter = subscription.filter();
        return new Document(SUBSCRIPTION_KEY, subscription.id())
                .append(EVENT, subscription.event())
                .append(PROJECTS, filter.projects())
                .append(STAGES, filter.stages())
                .append(SERVICES, filter.services());
    }

    static Integration integration(Document document) {
        return new Integration(
                document.getString(ID),
                document.getString(NAME),
                new Integration.Metadata(
                        document.getString(HOSTNAME),
                        document.getString(INTEGRATION_VERSION),
                        document.getString(DISTRIBUTOR_VERSION),
                        document.getString(LOCATION),
                        document.getString(NAMESPACE),
                        document.getString(POD),
                        document.getString(DEPLOYMENT)),
                document.getDate(LAST_SEEN).toInstant(),
                document.getList(SUBSCRIPTIONS, Document.class).stream()
                        .map(IntegrationDocuments::subscription)
                        .toList());
    }

    static Bson matching(RegistrationQuery query) {
        List<Bson> all = new ArrayList<>();
        query.where().forEach((field, value) -> all.add(Filters.eq(path(field), value)));
        return all.isEmpty() ? new Document() : Filters.and(all);
    }

    private static Subscription subscription(Document document) {
        return new Subscription(
                document.getString(SUBSCRIPTION_KEY),
                document.getString(EVENT),
                new Filter(
                        document.getList(PROJECTS, String.class),
                        document.getList(STAGES, String.class),
                        document.getList(SERVICES, String.class)));
    }

    private static String path(RegistrationQuery.Field field) {
        return switch (field) {
            case ID -> ID;
            case NAME -> NAME;
            case NAMESPACE -> NAMESPACE;
            case HOSTNAME -> HOSTNAME;
            case PROJECT -> SUBSCRIPTIONS + "." + PROJECTS;
            case STAGE -> SUBSCRIPTIONS + "." + STAGES;
            case SERVICE -> SUBSCRIPTIONS + "." + SERVICES;
        };
    }
}
