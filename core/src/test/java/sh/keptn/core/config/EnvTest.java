package sh.keptn.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EnvTest {
    private static Env env(String name, String value) {
        return new Env(Map.of(name, value));
    }

    @Test
    void givesDefaultsForWhatIsUnsetOrBlank() {
        for (Env env : new Env[] {new Env(Map.of()), env("X", " ")}) {
            assertThat(env.text("X")).isEmpty();
            assertThat(env.number("X", 7, 1, 9)).isEqualTo(7);
            assertThat(env.flag("X", true)).isTrue();
            assertThat(env.duration("X", Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
            assertThat(env.bytes("X", 5)).isEqualTo(5);
            assertThat(env.path("X", Path.of("a"))).isEqualTo(Path.of("a"));
            assertThat(env.secret("X")).isEmpty();
            assertThat(env.choice("X", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.DAYS);
        }
    }

    @Test
    void readsEachType() {
        assertThat(env("X", "3").number("X", 7, 1, 9)).isEqualTo(3);
        assertThat(env("X", "False").flag("X", true)).isFalse();
        assertThat(env("X", "500ms").duration("X", Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(env("X", "5m").duration("X", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
        assertThat(env("X", "5Mi").bytes("X", 0)).isEqualTo(5 << 20);
        assertThat(env("X", "hours").choice("X", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.HOURS);
    }

    @Test
    void stopsAtWhatCannotBeReadAndNamesIt() {
        assertThatThrownBy(() -> env("X", "10").number("X", 7, 1, 9))
                .hasMessageContaining("X")
                .hasMessageContaining("10");
        assertThatThrownBy(() -> env("X", "many").number("X", 7, 1, 9)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> env("X", "yes").flag("X", true)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> env("X", "30").duration("X", Duration.ZERO))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> env("X", "5MB").bytes("X", 0)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> env("X", "weeks").choice("X", TimeUnit.class, TimeUnit.DAYS))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void showsNoSecret() {
        Secret secret = env("X", "hidden").secret("X").orElseThrow();

        assertThat(secret).hasToString("***").isEqualTo(new Secret("hidden")).isNotEqualTo(new Secret("other"));
        assertThat(secret.reveal()).isEqualTo("hidden");
    }
}
