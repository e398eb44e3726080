package sh.keptn.api.event.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static sh.keptn.api.event.SampleEvent.anEvent;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sh.keptn.api.event.Horizon;
import sh.keptn.api.event.InMemoryTail;
import sh.keptn.api.http.AllPowerful;
import sh.keptn.api.http.Endpoint;
import sh.keptn.api.http.HttpLimits;
import sh.keptn.api.http.HttpServer;

/** A client that stops to read, over a real socket. */
class SlowReaderIT {
    private static final long EVENTS = 200;
    private static final String LARGE = "{\"project\":\"p\",\"more\":\"" + "x".repeat(256 * 1024) + "\"}";

    private final InMemoryTail tail = new InMemoryTail();

    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private StreamRoom room;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() {
        for (long number = 1; number <= EVENTS; number++) {
            tail.keep(number, anEvent().data(LARGE).make());
        }
        Clock clock = Clock.systemUTC();
        room = new StreamRoom(tail, new Horizon(tail, clock), 1, Duration.ofMillis(200), clock);
        server = HttpServer.start(
                Endpoint.plain("127.0.0.1", 0),
                HttpLimits.DEFAULT,
                List.of(room),
                (_, _) -> new AllPowerful("test"),
                new SimpleMeterRegistry(),
                clock);
    }

    @AfterEach
    void stop() {
        room.end();
        server.close();
        room.close();
    }

    @Test
    void cutsAReaderOffThatStopsAndShowsTheRestWhenItComesAgain() throws IOException {
        // given
        Client slow = new Client(connect(0));
        List<Long> seen = new ArrayList<>();
        while (seen.size() < 3) {
            seen.add(slow.next());
        }
        // when it reads no more, its place is free soon
        Client again = await().until(() -> new Client(connect(seen.getLast())), Client::isLetIn);
        // then
        while (seen.getLast() < EVENTS) {
            seen.add(again.next());
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        slow.socket.close();
        again.socket.close();
    }

    private Socket connect(long after) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        String request = "GET /api/v1/event/stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " + after + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static final class Client {
        private final Socket socket;
        private final BufferedReader lines;
        private final String status;
        private long id;

        Client(Socket socket) throws IOException {
            this.socket = socket;
            this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            this.status = lines.readLine();
        }

        boolean isLetIn() {
            return status.contains("200");
        }

        /** The number of the next event, when all of it is read. */
        long next() throws IOException {
            while (true) {
                String line = lines.readLine();
                assertThat(line).as("the stream has not ended").isNotNull();
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring("id: ".length()));
                } else if (line.startsWith("data: ")) {
                    return id;
                }
            }
        }
    }
}
