package sh.keptn.api.imports;

import sh.keptn.core.error.KeptnException;

/** Where a package's webhook subscriptions go. */
@FunctionalInterface
public interface Subscriptions {
    /** For an installation that has none. */
    Subscriptions NONE = _ -> {
        throw KeptnException.invalid("action", "webhook subscriptions are not available in this installation");
    };

    /**
     * Subscribes the webhook integration.
     *
     * @param json the body that the REST operation takes
     * @return what the REST operation answers
     */
    Object create(byte[] json);
}
