package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sh.keptn.api.event.EventRules;
import sh.keptn.api.http.HttpLimits;
import sh.keptn.core.config.ConfigurationException;
import sh.keptn.core.config.Env;

class ApiConfigTest {
    @Test
    void hasADefaultForEverything() {
        ApiConfig config = ApiConfig.from(new Env(Map.of()));

        assertThat(config.namespace()).isEqualTo("keptn");
        assertThat(config.listen().port()).isEqualTo(8080);
        assertThat(config.listen().managementPort()).isEqualTo(8081);
        assertThat(config.listen().limits().bodyBytes()).isEqualTo(5 << 20);
        assertThat(config.auth().token()).isEmpty();
        assertThat(config.auth().tokenSecret()).isEqualTo("keptn-api-token");
        assertThat(config.git().addresses().loopbackAllowed()).isFalse();
        assertThat(config.git().addresses().privateAllowed()).isTrue();
        assertThat(config.git().provisioningUrl()).isEmpty();
        assertThat(config.git().webhookSecret()).isEmpty();
        assertThat(config.events().store()).isEmpty();
        assertThat(config.events().rules()).isEqualTo(new EventRules(false, 64 << 10));
    }

    @Test
    void readsEveryVariable() {
        ApiConfig config = ApiConfig.from(new Env(Map.ofEntries(
                Map.entry("KEPTN_NAMESPACE", "other"),
                Map.entry("KEPTN_BIND_ADDRESS", "127.0.0.1"),
                Map.entry("KEPTN_PORT", "1"),
                Map.entry("KEPTN_MANAGEMENT_PORT", "2"),
                Map.entry("KEPTN_MAX_BODY", "1Ki"),
                Map.entry("KEPTN_BODY_TIMEOUT", "3s"),
                Map.entry("KEPTN_MAX_HEADERS", "4Ki"),
                Map.entry("KEPTN_MAX_CONNECTIONS", "5"),
                Map.entry("KEPTN_MAX_REQUESTS", "6"),
                Map.entry("KEPTN_READ_TIMEOUT", "7s"),
                Map.entry("KEPTN_IDLE_TIMEOUT", "8s"),
                Map.entry("KEPTN_SHUTDOWN_GRACE", "9s"),
                Map.entry("KEPTN_API_TOKEN", "t"),
                Map.entry("KEPTN_API_TOKEN_SECRET", "s"),
                Map.entry("KEPTN_TRUSTED_PROXIES", "10.0.0.0/8"),
                Map.entry("KEPTN_WRONG_TOKENS_PER_SECOND", "11"),
                Map.entry("KEPTN_WRONG_TOKENS_BURST", "12"),
                Map.entry("KEPTN_DATA_DIR", "/d"),
                Map.entry("KEPTN_GIT_AUTHOR_NAME", "n"),
                Map.entry("KEPTN_GIT_AUTHOR_EMAIL", "e@example.org"),
                Map.entry("KEPTN_ALLOW_LOOPBACK_UPSTREAMS", "true"),
                Map.entry("KEPTN_ALLOW_PRIVATE_UPSTREAMS", "false"),
                Map.entry("KEPTN_GIT_PROVISIONING_URL", "http://provisioner"),
                Map.entry("KEPTN_WEBHOOK_SECRET", "hooks"),
                Map.entry("KEPTN_EVENT_RETENTION", "720h"),
                Map.entry("KEPTN_EVENT_VALIDATION", "true"),
                Map.entry("KEPTN_MAX_EVENT_SIZE", "1Ki"),
                Map.entry("MONGODB_URI", "mongodb://u:p@h/db"))));

        assertThat(config.namespace()).isEqualTo("other");
        assertThat(config.listen().address()).isEqualTo("127.0.0.1");
        assertThat(config.listen().port()).isEqualTo(1);
        assertThat(config.listen().managementPort()).isEqualTo(2);
        assertThat(config.listen().limits())
                .isEqualTo(new HttpLimits(
                        1024,
                        Duration.ofSeconds(3),
                        4096,
                        5,
                        6,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(9)));
        assertThat(config.auth().token().orElseThrow().reveal()).isEqualTo("t");
        assertThat(config.auth().tokenSecret()).isEqualTo("s");
        assertThat(config.auth().wrongTokensPerSecond()).isEqualTo(11);
        assertThat(config.auth().wrongTokensBurst()).isEqualTo(12);
        assertThat(config.git().dataDir()).isEqualTo(Path.of("/d"));
        assertThat(config.git().author().name()).isEqualTo("n");
        assertThat(config.git().author().email()).isEqualTo("e@example.org");
        assertThat(config.git().addresses().loopbackAllowed()).isTrue();
        assertThat(config.git().addresses().privateAllowed()).isFalse();
        assertThat(config.git().provisioningUrl()).contains("http://provisioner");
        assertThat(config.git().webhookSecret()).contains("hooks");
        assertThat(config.events().store().orElseThrow().uri().reveal()).contains("mongodb");
        assertThat(config.events().store().orElseThrow().retention()).contains(Duration.ofDays(30));
        assertThat(config.events().rules()).isEqualTo(new EventRules(true, 1024));
        assertThat(config.toString()).doesNotContain("u:p@h");
    }

    @Test
    void namesTheVariableThatHoldsNoRanges() {
        assertThatThrownBy(() -> ApiConfig.from(new Env(Map.of("KEPTN_TRUSTED_PROXIES", "proxy.example"))))
                .hasMessageContaining("KEPTN_TRUSTED_PROXIES");
    }

    @Test
    void namesTheVariableThatCannotBeUsed() {
        assertThatThrownBy(() -> ApiConfig.from(new Env(Map.of("KEPTN_PORT", "many"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("KEPTN_PORT");
    }
}
