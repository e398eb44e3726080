package sh.keptn.operator.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import sh.keptn.crds.Reason;
import sh.keptn.operator.condition.Outcome;

class LoginPauseTest {
    private static final Outcome REFUSED = new Outcome.Stalled(Reason.GIT_AUTH_FAILED, "no entry");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final LoginPause logins = new LoginPause(clock);

    @Test
    void answersFromMemoryForAMinute() {
        logins.remember(project(1), "secret/1", REFUSED);

        assertThat(logins.recall(project(1), "secret/1")).contains(REFUSED);
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(61)));
        assertThat(logins.recall(project(1), "secret/1")).isEmpty();
    }

    @Test
    void anotherSecretOrSpecIsTriedAtOnce() {
        logins.remember(project(1), "secret/1", REFUSED);

        assertThat(logins.recall(project(1), "secret/2")).isEmpty();
        assertThat(logins.recall(project(2), "secret/1")).isEmpty();
    }

    private static ConfigMap project(long generation) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withUid("uid")
                .withGeneration(generation)
                .endMetadata()
                .build();
    }
}
