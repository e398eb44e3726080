package sh.keptn.local.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreePortsTest {

    @Test
    void namesNoPortTwice() throws IOException {
        List<PortWish> wishes = List.of(new PortWish.Preferably(0), new PortWish.Preferably(0));

        List<Integer> ports = FreePorts.choose(wishes);

        assertThat(ports).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void keepsARememberedPortThatIsFree() throws IOException {
        int remembered = FreePorts.choose(List.of(new PortWish.Preferably(0))).getFirst();

        List<Integer> ports = FreePorts.choose(List.of(new PortWish.Preferably(remembered)));

        assertThat(ports).containsExactly(remembered);
    }

    @Test
    void takesAnotherForARememberedPortThatIsTaken() throws IOException {
        try (ServerSocket taken = listen()) {
            List<Integer> ports = FreePorts.choose(List.of(new PortWish.Preferably(taken.getLocalPort())));

            assertThat(ports).doesNotContain(taken.getLocalPort());
        }
    }

    @Test
    void goesUpwardFromAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = listen()) {
            List<Integer> ports = FreePorts.choose(List.of(new PortWish.Upward(taken.getLocalPort())));

            assertThat(ports.getFirst()).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void refusesAGivenPortThatIsTaken() throws IOException {
        try (ServerSocket taken = listen()) {
            List<PortWish> wishes = List.of(new PortWish.Exactly(taken.getLocalPort()));

            assertThatThrownBy(() -> FreePorts.choose(wishes))
                    .isInstanceOf(IOException.class)
                    .hasMessage("port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void readsTheThreeKindsOfWish() {
        assertThat(List.of("8080!", "8080+", "8080", "0").stream().map(PortWish::parse))
                .containsExactly(
                        new PortWish.Exactly(8080),
                        new PortWish.Upward(8080),
                        new PortWish.Preferably(8080),
                        new PortWish.Preferably(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "0!", "65536", "-1", "80 80"})
    void refusesWhatIsNoPort(String text) {
        assertThatThrownBy(() -> PortWish.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
