package sh.keptn.local.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwarderTest {

    private ServerSocket target;
    private Forwarder forwarder;

    @BeforeEach
    void startBoth() throws IOException {
        target = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        forwarder = Forwarder.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getLocalPort()));
        Thread.startVirtualThread(() -> {
            try {
                forwarder.run();
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    @AfterEach
    void endBoth() throws IOException {
        forwarder.close();
        target.close();
    }

    @Test
    void carriesWhatBothSidesSayAndTheEndOfEach() throws IOException {
        Thread.startVirtualThread(this::answerInCapitals);

        String answer;
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), forwarder.port())) {
            client.getOutputStream().write("a question".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(answer).isEqualTo("A QUESTION");
    }

    @Test
    void closesTheConnectionWhenNobodyIsBehindIt() throws IOException {
        target.close();

        byte[] answer;
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), forwarder.port())) {
            answer = client.getInputStream().readAllBytes();
        }

        assertThat(answer).isEmpty();
    }

    private void answerInCapitals() {
        try (Socket connection = target.accept()) {
            String question = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            connection.getOutputStream().write(question.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
