package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The process as it is started in production. */
class ProcessIT {
    @RegisterExtension
    static final ApiExtension api = new ApiExtension();

    @Test
    void p7FinishesWhatIsInHandWhenItIsToldToStop(@TempDir Path folder) throws Exception {
        int port = freePort();
        int management = freePort();
        Process process = start(
                folder,
                Map.of(
                        "KEPTN_PORT", Integer.toString(port),
                        "KEPTN_MANAGEMENT_PORT", Integer.toString(management),
                        "KEPTN_BIND_ADDRESS", "127.0.0.1",
                        "KEPTN_NAMESPACE", api.namespace(),
                        "KEPTN_API_TOKEN", ApiExtension.TOKEN,
                        "KEPTN_DATA_DIR", folder.resolve("data").toString(),
                        "KUBECONFIG", ApiExtension.kubeconfigPath().toString()));
        try {
            Awaitility.await("ready")
                    .ignoreExceptions()
                    .until(() -> api.anonymous()
                                    .get("http://127.0.0.1:" + management + "/readyz")
                                    .status()
                            == 200);
            try (RawSocket socket = new RawSocket(port)) {
                socket.send("POST /api/controlPlane/v1/project HTTP/1.1\r\nHost: h\r\nx-token: " + ApiExtension.TOKEN
                        + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{");
                Awaitility.await("in hand")
                        .until(() -> api.anonymous()
                                .get("http://127.0.0.1:" + management + "/livez")
                                .text()
                                .startsWith("ok"));
                process.destroy();
                Awaitility.await("takes no more").until(() -> refuses(port));

                socket.send("}");

                assertThat(socket.statusLine()).startsWith("HTTP/1.1 400");
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isIn(0, 143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void namesTheSettingThatItCannotStartWith(@TempDir Path folder) throws Exception {
        Process process = start(folder, Map.of("KEPTN_PORT", "many"));

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("log"))).contains("KEPTN_PORT");
    }

    private static Process start(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Objects.requireNonNull(System.getProperty("java.class.path")),
                        "sh.keptn.api.ApiMain")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        command.environment().putAll(environment);
        return command.start();
    }

    private static boolean refuses(int port) {
        try (RawSocket socket = new RawSocket(port)) {
            return !socket.send("GET /api/health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                    .untilClosed()
                    .contains("200");
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
