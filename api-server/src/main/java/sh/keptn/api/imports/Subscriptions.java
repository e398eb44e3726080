package sh.keptn.api.imports;

/** Where a package's webhook subscriptions go. */
@FunctionalInterface
public interface Subscriptions {
    /**
     * Subscribes the webhook integration.
     *
     * @param json the body that the REST operation takes
     * @return what the REST operation answers
     */
    Object create(byte[] json);
}
