package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.ProxySettings;
import sh.keptn.core.git.Upstream;

/**
 * The HTTP requests of one command to one upstream: where they may go, with which credentials, and how to break them
 * off. The credentials are sent at once, without a refused request before, and only to the host of the upstream's own
 * address.
 */
final class HttpTransfer implements HttpConnectionFactory, AutoCloseable {
    private final CloseableHttpClient client;
    private final URI home;
    private final Optional<String> authorization;
    private final long limit;
    private final Optional<ProxySettings> proxy;
    private final Set<HttpExchange> exchanges = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    HttpTransfer(CloseableHttpClient client, Upstream upstream, long limit) {
        this.client = client;
        this.home = URI.create(upstream.url().value());
        this.authorization = upstream.access().authentication() instanceof Authentication.Basic basic
                ? Optional.of(header(basic))
                : Optional.empty();
        this.limit = limit;
        this.proxy = upstream.access().proxy();
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        URI target;
        try {
            target = url.toURI();
        } catch (URISyntaxException e) {
            throw new RedirectRefused();
        }
        requireAllowed(target);
        HttpExchange exchange = new HttpExchange(client, target, this, limit);
        authorization.ifPresent(value -> exchange.setRequestProperty("Authorization", value));
        exchanges.add(exchange);
        if (aborted) {
            exchange.abort();
        }
        return exchange;
    }

    /** The proxy that JGit proposes comes from settings of the process, which count for nothing here. */
    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        return create(url);
    }

    /** What one request knows besides itself: whom it tells the proxy it comes from. */
    HttpClientContext context() {
        return proxy.map(HttpClients::contextFor).orElseGet(HttpClientContext::create);
    }

    /** Throws unless the place is on the upstream's own host, and not less protected than its address. */
    void requireAllowed(URI target) throws RedirectRefused {
        boolean sameHost = target.getHost() != null && target.getHost().equalsIgnoreCase(home.getHost());
        boolean samePlace = sameHost && scheme(target).equals(scheme(home)) && port(target) == port(home);
        boolean toTls =
                sameHost && scheme(home).equals("http") && scheme(target).equals("https");
        if (!samePlace && !toTls) {
            throw new RedirectRefused();
        }
    }

    /** Breaks off whatever is under way, and whatever would begin. */
    void abort() {
        aborted = true;
        exchanges.forEach(HttpExchange::abort);
    }

    @Override
    public void close() {
        exchanges.forEach(HttpExchange::close);
    }

    private static String scheme(URI uri) {
        return Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return scheme(uri).equals("https") ? 443 : 80;
    }

    private static String header(Authentication.Basic basic) {
        String pair = basic.user() + ":" + basic.password().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
