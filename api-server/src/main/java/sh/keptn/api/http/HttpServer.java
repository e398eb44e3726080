package sh.keptn.api.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One listening port: HTTP/1.1 on virtual threads, with every limit set, answering through one {@link FrontDoor}. */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_REQUEST_LINE = 16 << 10;
    private static final List<String> TLS_VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private final WebServer server;
    private final HeaderDeadline headerDeadline;
    private final HandshakeDeadline handshakeDeadline;

    private final Routes routes;

    private HttpServer(
            WebServer server, Routes routes, HeaderDeadline headerDeadline, HandshakeDeadline handshakeDeadline) {
        this.routes = routes;
        this.server = server;
        this.headerDeadline = headerDeadline;
        this.handshakeDeadline = handshakeDeadline;
    }

    /** Starts listening. */
    public static HttpServer start(
            Endpoint endpoint, HttpLimits limits, List<Room> rooms, Gate gate, MeterRegistry meters, Clock clock) {
        Router router = new Router(rooms, gate, endpoint.prefix());
        FrontDoor door = new FrontDoor(router, limits, everywhere(endpoint), meters, clock);
        HeaderDeadline headerDeadline = new HeaderDeadline(limits.readTimeout());
        HandshakeDeadline handshakeDeadline = new HandshakeDeadline(limits.readTimeout());
        Http1Config http1 = Http1Config.builder()
                .addReceiveListener(headerDeadline)
                .maxHeadersSize(limits.headerBytes())
                .maxPrologueLength(MAX_REQUEST_LINE)
                .sendKeepAliveHeader(false)
                .build();
        WebServerConfig.Builder server = WebServer.builder()
                .host(endpoint.address())
                .port(endpoint.port())
                .protocolsDiscoverServices(false)
                .addProtocol(http1)
                .featuresDiscoverServices(false)
                .contentEncoding(ContentEncodingContext.create(encodings ->
                        encodings.contentEncodingsDiscoverServices(false).addContentEncoding(new Encodings())))
                // Every body but an upload is held to the lower limit where it is read.
                .maxPayloadSize(Math.max(limits.bodyBytes(), router.table().largestUpload()))
                .maxTcpConnections(limits.connections())
                .connectionOptions(options -> options.readTimeout(limits.readTimeout())
                        .connectTimeout(Duration.ofSeconds(5))
                        .tcpNoDelay(true))
                .idleConnectionTimeout(limits.idleTimeout())
                .idleConnectionPeriod(limits.idleTimeout().dividedBy(6))
                .shutdownGracePeriod(limits.shutdownGrace())
                .shutdownHook(false)
                .directHandlers(directHandlers())
                .routing(routing -> routing.any(door));
        endpoint.secured().ifPresent(secured -> secure(server, secured, handshakeDeadline));
        return new HttpServer(server.build().start(), router.table(), headerDeadline, handshakeDeadline);
    }

    private static void secure(
            WebServerConfig.Builder server, Endpoint.Secured secured, HandshakeDeadline handshakeDeadline) {
        server.tls(tls ->
                        tls.sslContext(handshakeDeadline.on(secured.context())).enabledProtocols(TLS_VERSIONS))
                // Without sockets of its own the server would ask DNS for the name of everybody who connects.
                .useNio(false);
    }

    private static Map<String, String> everywhere(Endpoint endpoint) {
        return endpoint.secured()
                .flatMap(Endpoint.Secured::remembered)
                .map(time -> Map.of("Strict-Transport-Security", "max-age=" + time.toSeconds()))
                .orElse(Map.of());
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
        handshakeDeadline.close();
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
