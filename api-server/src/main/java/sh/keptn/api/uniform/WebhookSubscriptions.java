package sh.keptn.api.uniform;

/** Lets the webhook service hear of events. */
public interface WebhookSubscriptions {

    /**
     * Adds a subscription to the registration of {@code webhook-service}, the one heard of last where there are several.
     *
     * @param subscription of exactly one project
     * @return the id of the subscription
     * @throws sh.keptn.core.error.KeptnException {@code NotFound} while no webhook service is registered, {@code Invalid}
     *     for a subscription that it cannot work with
     */
    String create(Subscription subscription);
}
