package sh.keptn.api.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** One listening port: HTTP/1.1 on virtual threads, with every limit set, answering through one {@link FrontDoor}. */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_REQUEST_LINE = 16 << 10;

    private final WebServer server;
    private final HeaderDeadline headerDeadline;

    private final Routes routes;

    private HttpServer(WebServer server, Routes routes, HeaderDeadline headerDeadline) {
        this.routes = routes;
        this.server = server;
        this.headerDeadline = headerDeadline;
    }

    /** Starts listening; port 0 takes a free one. */
    public static HttpServer start(
            String address,
            int port,
            HttpLimits limits,
            List<Room> rooms,
            Gate gate,
            MeterRegistry meters,
            Clock clock) {
        Router router = new Router(rooms, gate);
        FrontDoor door = new FrontDoor(router, limits, meters, clock);
        HeaderDeadline headerDeadline = new HeaderDeadline(limits.readTimeout());
        Http1Config http1 = Http1Config.builder()
                .addReceiveListener(headerDeadline)
                .maxHeadersSize(limits.headerBytes())
                .maxPrologueLength(MAX_REQUEST_LINE)
                .sendKeepAliveHeader(false)
                .build();
        WebServer server = WebServer.builder()
                .host(address)
                .port(port)
                .protocolsDiscoverServices(false)
                .addProtocol(http1)
                .featuresDiscoverServices(false)
                .contentEncoding(ContentEncodingContext.create(encodings ->
                        encodings.contentEncodingsDiscoverServices(false).addContentEncoding(new Encodings())))
                .maxPayloadSize(limits.bodyBytes())
                .maxTcpConnections(limits.connections())
                .connectionOptions(options -> options.readTimeout(limits.readTimeout())
                        .connectTimeout(Duration.ofSeconds(5))
                        .tcpNoDelay(true))
                .idleConnectionTimeout(limits.idleTimeout())
                .idleConnectionPeriod(limits.idleTimeout().dividedBy(6))
                .shutdownGracePeriod(limits.shutdownGrace())
                .shutdownHook(false)
                .directHandlers(directHandlers())
                .routing(routing -> routing.any(door))
                .build()
                .start();
        return new HttpServer(server, router.table(), headerDeadline);
    }

    /** What this port answers to. */
    public Routes routes() {
        return routes;
    }

    public int port() {
        return server.port();
    }

    /** Takes no more requests, lets those in hand finish within the grace period, then stops. */
    @Override
    public void close() {
        server.stop();
        headerDeadline.close();
    }

    /** What is refused before routing (bad framing, too long a request line) is answered in Keptn's body too. */
    private static DirectHandlers directHandlers() {
        DirectHandler handler = (_, _, status, headers, _) -> DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .header(HeaderValues.CONTENT_TYPE_JSON)
                .entity(ErrorMapper.answer(status.code(), status.reasonPhrase()).body())
                .build();
        DirectHandlers.Builder builder = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            builder.addHandler(type, handler);
        }
        return builder.build();
    }
}
