package sh.keptn.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Tokens of the cluster while nothing answers at the address of its API. */
class SilentKubernetesIT {
    @Test
    void a8LetsNobodyInAndSaysThatItCannotKnow() throws IOException {
        try (KubernetesClient client = clientOf(freePort())) {
            TokenGate gate = new TokenGate(
                    () -> Optional.of(new Secret("the-master-token")),
                    Optional.empty(),
                    Optional.of(new KubernetesTokens(client, "keptn", List.of())),
                    new Guesses(new GuessThrottle(1, 3, Clock.systemUTC()), TrustedProxies.parse("")));

            assertThatThrownBy(() -> gate.pass("1.2.3.4", headers("Authorization", "Bearer a.b.c")::get))
                    .isInstanceOfSatisfying(
                            KeptnException.class,
                            e -> assertThat(e.error()).isInstanceOf(KeptnError.Unavailable.class));
            assertThat(gate.pass("1.2.3.4", headers("x-token", "the-master-token")::get)
                            .name())
                    .isEqualTo("keptn-api-token");
        }
    }

    private record Headers(Map<String, String> values) {
        Optional<String> get(String name) {
            return Optional.ofNullable(values.get(name));
        }
    }

    private static Headers headers(String name, String value) {
        return new Headers(Map.of(name, value));
    }

    private static KubernetesClient clientOf(int port) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("http://127.0.0.1:" + port)
                        .build())
                .build();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
