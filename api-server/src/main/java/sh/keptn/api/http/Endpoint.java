package sh.keptn.api.http;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import sh.keptn.core.config.PathPrefix;

/**
 * Where a server is found.
 *
 * @param port 0 takes a free one
 * @param prefix of every path
 * @param secured empty: plain HTTP
 */
public record Endpoint(String address, int port, PathPrefix prefix, Optional<Secured> secured) {

    /**
     * HTTPS.
     *
     * @param remembered how long browsers are told to come by HTTPS alone (HSTS); empty: they are not told
     */
    public record Secured(SSLContext context, Optional<Duration> remembered) {}

    /** Plain HTTP, nothing before the paths. */
    public static Endpoint plain(String address, int port) {
        return new Endpoint(address, port, PathPrefix.NONE, Optional.empty());
    }
}
