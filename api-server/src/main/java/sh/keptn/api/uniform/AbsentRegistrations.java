package sh.keptn.api.uniform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Stands where no store is configured: integrations are answered 503. */
public final class AbsentRegistrations implements Registrations {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    @Override
    public Registered register(Integration integration) {
        throw absent();
    }

    @Override
    public List<Integration> find(RegistrationQuery query) {
        throw absent();
    }

    @Override
    public Optional<Integration> ping(String id) {
        throw absent();
    }

    @Override
    public void remove(String id) {
        throw absent();
    }

    @Override
    public boolean put(String id, Subscription subscription) {
        throw absent();
    }

    @Override
    public boolean removeSubscription(String id, String subscription) {
        throw absent();
    }

    private static KeptnException absent() {
        return new KeptnException(
                new KeptnError.Unavailable("no event store is configured: MONGODB_URI is not set", RETRY_AFTER));
    }
}
