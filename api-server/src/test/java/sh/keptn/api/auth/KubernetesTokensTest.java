package sh.keptn.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import sh.keptn.api.http.Caller;
import sh.keptn.api.http.Intent;
import sh.keptn.api.http.Permission;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

class KubernetesTokensTest {
    private static final Clock STILL = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final Intent READ = new Intent(Permission.RESOURCES_READ, "GET", Optional.empty());

    /** Stands for a Kubernetes API that knows one token and one right, and can fall silent. */
    private static final class FakeReviews implements Reviews {
        private final List<String> asked = new ArrayList<>();
        private boolean silent;

        @Override
        public Optional<User> user(String token) {
            asked.add("user");
            answer();
            return token.equals("good") ? Optional.of(new User("ann", "1", List.of(), Map.of())) : Optional.empty();
        }

        @Override
        public boolean allowed(User user, Attributes attributes) {
            asked.add(attributes.verb() + " " + attributes.resource() + "/" + attributes.subresource() + " "
                    + attributes.name());
            answer();
            return attributes.name().equals("mine");
        }

        private void answer() {
            if (silent) {
                throw new KeptnException(new KeptnError.Unavailable("no answer", Duration.ofSeconds(5)));
            }
        }
    }

    private final FakeReviews reviews = new FakeReviews();
    private final TokenGate gate = new TokenGate(
            () -> Optional.of(new Secret("the-master-token")),
            Optional.empty(),
            Optional.of(new KubernetesTokens(reviews)),
            new Guesses(new GuessThrottle(1, 3, STILL), TrustedProxies.parse("")));

    @Test
    void asksOnceForAUserAndForARight() {
        for (int i = 0; i < 3; i++) {
            pass("good").require(READ, new ProjectName("mine"));
        }

        assertThat(reviews.asked).containsExactly("user", "get keptnprojects/resources mine");
    }

    @Test
    void refusesWhatKubernetesDoesNotAllow() {
        assertThatThrownBy(() -> pass("good").require(READ, new ProjectName("other")))
                .isInstanceOfSatisfying(
                        KeptnException.class, e -> assertThat(e.error()).isInstanceOf(KeptnError.Forbidden.class));
    }

    @Test
    void a8IsClosedAndSaysSoWhileKubernetesIsSilent() {
        reviews.silent = true;

        assertUnavailable(() -> pass("good"));
        reviews.silent = false;
        Caller caller = pass("good");
        reviews.silent = true;
        assertUnavailable(() -> caller.require(READ, new ProjectName("mine")));
        reviews.silent = false;
        caller.require(READ, new ProjectName("mine"));
    }

    @Test
    void a7NeverShowsKubernetesATokenOfOurs() {
        assertThatThrownBy(() -> pass("the-master-token"))
                .isInstanceOfSatisfying(
                        KeptnException.class,
                        e -> assertThat(e.error()).isInstanceOf(KeptnError.Unauthenticated.class));
        assertThat(reviews.asked).isEmpty();
    }

    @Test
    void a10ThrottlesWrongOnesAndNeverARightOne() {
        for (int i = 0; i < 4; i++) {
            String wrong = "wrong-" + i;
            assertThatThrownBy(() -> pass(wrong)).isInstanceOf(KeptnException.class);
        }

        assertThatThrownBy(() -> pass("wrong-9"))
                .isInstanceOfSatisfying(
                        KeptnException.class, e -> assertThat(e.error()).isInstanceOf(KeptnError.Throttled.class));
        assertThat(pass("good").name()).isEqualTo("ann");
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeptnException.class, e -> assertThat(e.error()).isInstanceOf(KeptnError.Unavailable.class));
    }

    private Caller pass(String token) {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
        return gate.pass("1.2.3.4", name -> Optional.ofNullable(headers.get(name)));
    }
}
