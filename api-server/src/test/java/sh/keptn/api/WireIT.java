package sh.keptn.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.HttpCalls.Reply;

/** What no ordinary client sends. */
class WireIT {
    private static final String AUTH = "x-token: " + ApiExtension.TOKEN + "\r\n";
    private static final String POST =
            "POST /api/controlPlane/v1/project HTTP/1.1\r\nHost: h\r\n" + AUTH + "Content-Type: application/json\r\n";

    @RegisterExtension
    static final ApiExtension api = new ApiExtension()
            .with("KEPTN_READ_TIMEOUT", "1s")
            .with("KEPTN_BODY_TIMEOUT", "2s")
            .with("KEPTN_IDLE_TIMEOUT", "3s")
            .with("KEPTN_MAX_REQUESTS", "4");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n\r\n{}  x",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 4x\r\n\r\n{}  ",
                "X-A: 1\nContent-Length: 2\r\n\r\n{}",
                "X-A: 1\r\n folded\r\nContent-Length: 2\r\n\r\n{}",
                "Bad Name: 1\r\nContent-Length: 2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            })
    void a14RefusesRequestsThatTwoReadersCouldReadDifferently(String rest) {
        try (RawSocket socket = new RawSocket(api.port())) {
            String answers = socket.send(POST + rest).untilClosed();

            assertThat(answers).startsWith("HTTP/1.1 400");
            assertThat(answers.split("HTTP/1.1", -1)).hasSize(2);
        }
    }

    @Test
    void a14RefusesAChunkExtensionOfAMegabyte() {
        try (RawSocket socket = new RawSocket(api.port())) {
            socket.send(POST + "Transfer-Encoding: chunked\r\n\r\n2;" + "x".repeat(1 << 20) + "\r\n{}\r\n0\r\n\r\n");

            assertThat(socket.untilClosed()).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void a16CutsAClientThatStopsInItsHeaders() {
        try (RawSocket socket = new RawSocket(api.port())) {
            assertThat(socket.send("GET /api/v1/metadata HTTP/1.1\r\nHost: h\r\nX-")
                            .untilClosed())
                    .doesNotContain("200 OK");
        }
    }

    @Test
    void a16CutsAClientThatSendsItsHeadersByteByByte() {
        try (RawSocket socket = new RawSocket(api.port())) {
            socket.send("GET /api/v1/metadata HTTP/1.1\r\nHost: h\r\nX-Slow: ");

            Awaitility.await("cut off")
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> !socket.isOpen());
        }
    }

    @Test
    void a17AnswersTooSlowABody() {
        try (RawSocket socket = new RawSocket(api.port())) {
            socket.send(POST + "Content-Length: 1000\r\n\r\n");

            List<Boolean> sent = new ArrayList<>();
            Awaitility.await("cut off")
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        sent.add(socket.isOpen());
                        return !sent.getLast();
                    });

            assertThat(sent).hasSizeLessThan(100);
        }
    }

    @Test
    void a19TurnsAwayWhatIsAboveTheLimitAndSaysWhenToComeBack() {
        List<RawSocket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(new RawSocket(api.port()).send(POST + "Content-Length: 10\r\n\r\n"));
            }

            Awaitility.await("the fifth is turned away").until(() -> {
                Reply reply = api.http().get(api.endpoint() + "/v1/metadata");
                return reply.status() == 503 && reply.header("Retry-After").isPresent();
            });
        } finally {
            slow.forEach(RawSocket::close);
        }
        Awaitility.await("and taken again")
                .until(() -> api.http().get(api.endpoint() + "/v1/metadata").status() == 200);
    }

    @Test
    void r1RefusesABodyThatSaysItIsTooLarge() {
        try (RawSocket socket = new RawSocket(api.port())) {
            assertThat(socket.send(POST + "Content-Length: 5242881\r\n\r\n").statusLine())
                    .startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void r1RefusesABodyInChunksThatBecomesTooLarge() {
        try (RawSocket socket = new RawSocket(api.port())) {
            socket.send(POST + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n");

            assertThat(socket.statusLine()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void r2RefusesACompressedBody() {
        Reply reply = api.http()
                .header("Content-Encoding", "gzip")
                .call(
                        "POST",
                        api.endpoint() + "/controlPlane/v1/project",
                        BodyPublishers.ofByteArray(new byte[] {31, -117, 8}),
                        Optional.of("application/json"));

        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void r5RefusesABodyOfAnotherType() {
        Reply reply = api.http()
                .call(
                        "POST",
                        api.endpoint() + "/controlPlane/v1/project",
                        BodyPublishers.ofString("name=p"),
                        Optional.of("application/x-www-form-urlencoded"));

        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void refusesHeadersAboveTheLimit() {
        try (RawSocket socket = new RawSocket(api.port())) {
            socket.send("GET /api/v1/metadata HTTP/1.1\r\nHost: h\r\nX-Big: " + "x".repeat(40_000) + "\r\n\r\n");

            assertThat(socket.untilClosed()).doesNotContain("200 OK");
        }
    }

    @Test
    void refusesDotSegmentsThatAnOrdinaryClientWouldHaveResolved() {
        try (RawSocket socket = new RawSocket(api.port())) {
            socket.send("GET /api/resource-service/v1/project/p/resource/../x HTTP/1.1\r\nHost: h\r\n" + AUTH + "\r\n");

            assertThat(socket.statusLine()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void a20SendsNobodyToAForgedHost() {
        try (RawSocket socket = new RawSocket(api.port())) {
            socket.send(
                    "GET /api HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n");

            assertThat(socket.untilClosed()).doesNotContain("evil.example");
        }
    }

    @Test
    void saysNothingOfItsMakeAndForbidsGuessingOfTypes() {
        Reply reply = api.http().get(api.endpoint() + "/v1/metadata");

        assertThat(reply.header("Server")).isEmpty();
        assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
