package sh.keptn.api.uniform;

import java.util.UUID;
import sh.keptn.api.http.Json;
import sh.keptn.core.error.KeptnException;

/**
 * What an integration wants to hear of.
 *
 * @param event a type, or a pattern of types as NATS has them; the integration interprets it
 */
public record Subscription(String id, String event, Filter filter) {

    /** A new one as a client wrote it; an id in it does not count. */
    public static Subscription read(byte[] json) {
        return Json.read(json, SubscriptionBody.class, Json.Unknown.IGNORED).named(newId());
    }

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /**
     * Insists on what the webhook service needs: an event, exactly one project, and a stage where there is a service.
     * Keptn has these rules for every integration and never applies them; others may rely on that.
     */
    void requireForWebhook() {
        if (event.isBlank()) {
            throw KeptnException.invalid("event", "is missing");
        }
        if (filter.projects().size() != 1) {
            throw KeptnException.invalid("filter.projects", "of a webhook must be exactly one project");
        }
        if (!filter.services().isEmpty() && filter.stages().isEmpty()) {
            throw KeptnException.invalid("filter.stages", "must name a stage where a service is named");
        }
    }
}
