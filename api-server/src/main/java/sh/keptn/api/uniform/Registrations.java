package sh.keptn.api.uniform;

import java.util.List;
import java.util.Optional;

/**
 * Where integrations are kept. One that has been silent for too long is not there. Changes that come together lose nothing
 * of each other. Every operation throws a KeptnException with {@code Unavailable} when the store does not answer.
 */
public interface Registrations {
    /** How many subscriptions one integration may have. */
    int MAX_SUBSCRIPTIONS = 1_000;

    /** What became of a registration. */
    sealed interface Registered {
        /** Under which id the integration is there. */
        String id();

        /** It is new. */
        record Created(String id) implements Registered {}

        /** One of its name in its namespace was there; it keeps its id and subscriptions. */
        record Known(String id) implements Registered {}
    }

    Registered register(Integration integration);

    /** Those that fit, by name. */
    List<Integration> find(RegistrationQuery query);

    /** The integration, heard of just now; empty if it is not there. */
    Optional<Integration> ping(String id);

    /** Does nothing if it is not there. */
    void remove(String id);

    /**
     * Adds the subscription, or puts it in the place of the one with its id.
     *
     * @return whether the integration is there
     */
    boolean put(String id, Subscription subscription);

    /**
     * Does nothing if the subscription is not there.
     *
     * @return whether the integration is there
     */
    boolean removeSubscription(String id, String subscription);
}
