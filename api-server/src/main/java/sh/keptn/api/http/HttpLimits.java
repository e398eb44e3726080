package sh.keptn.api.http;

import java.time.Duration;

/**
 * How much of anything one client, or all of them, may have.
 *
 * @param bodyBytes of one request; Keptn's gateway allowed 5 MB
 * @param bodyDeadline for the whole body to arrive
 * @param headerBytes of one request
 * @param connections at one time
 * @param concurrentRequests at one time; one more is answered 503
 * @param readTimeout between two bytes of a request, and for all its headers
 * @param idleTimeout of a connection without a request
 * @param shutdownGrace how long requests in hand may go on after the process was told to stop
 */
public record HttpLimits(
        long bodyBytes,
        Duration bodyDeadline,
        int headerBytes,
        int connections,
        int concurrentRequests,
        Duration readTimeout,
        Duration idleTimeout,
        Duration shutdownGrace) {
    public static final HttpLimits DEFAULT = new HttpLimits(
            5L << 20,
            Duration.ofSeconds(60),
            16 << 10,
            4096,
            256,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(25));
}
