package sh.keptn.api.uniform;

import java.util.Comparator;
import java.util.List;
import sh.keptn.api.uniform.RegistrationQuery.Field;
import sh.keptn.core.error.KeptnException;

/** What can be done with integrations and their subscriptions. */
public final class Uniform implements WebhookSubscriptions {
    private static final String INTEGRATION = "integration";

    private final Registrations registrations;

    public Uniform(Registrations registrations) {
        this.registrations = registrations;
    }

    Registrations.Registered register(Integration integration) {
        return registrations.register(integration);
    }

    List<Integration> find(RegistrationQuery query) {
        return registrations.find(query);
    }

    Integration ping(String id) {
        return registrations.ping(id).orElseThrow(() -> notFound(id));
    }

    void remove(String id) {
        registrations.remove(id);
    }

    Integration get(String id) {
        return registrations.find(RegistrationQuery.of(Field.ID, id)).stream()
                .findFirst()
                .orElseThrow(() -> notFound(id));
    }

    Subscription subscription(String id, String subscription) {
        return get(id).subscriptions().stream()
                .filter(one -> one.id().equals(subscription))
                .findFirst()
                .orElseThrow(() -> KeptnException.notFound("subscription", subscription));
    }

    void put(String id, Subscription subscription) {
        if (get(id).isWebhookService()) {
            subscription.requireForWebhook();
        }
        if (!registrations.put(id, subscription)) {
            throw notFound(id);
        }
    }

    void removeSubscription(String id, String subscription) {
        if (!registrations.removeSubscription(id, subscription)) {
            throw notFound(id);
        }
    }

    @Override
    public String create(Subscription subscription) {
        Integration webhooks =
                registrations.find(RegistrationQuery.of(Field.NAME, Integration.WEBHOOK_SERVICE)).stream()
                        .max(Comparator.comparing(Integration::lastSeen))
                        .orElseThrow(() -> notFound(Integration.WEBHOOK_SERVICE));
        put(webhooks.id(), subscription);
        return subscription.id();
    }

    private static KeptnException notFound(String id) {
        return KeptnException.notFound(INTEGRATION, id);
    }
}
