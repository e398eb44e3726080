package sh.keptn.core.git.jgit;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import org.apache.hc.client5.http.ContextBuilder;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.ProxySettings;
import sh.keptn.core.git.Upstream;

/**
 * HTTP clients with their kept connections, one for each way to get in: trust, proxy and time-out of one project never
 * meet those of another. Projects that agree in all of these share one; what they log in with is said with each request
 * and is no part of a connection. The least used are dropped when there are many.
 */
final class HttpClients implements AutoCloseable {
    private static final int KEPT_CLIENTS = 200;
    private static final int CONNECTIONS_PER_HOST = 128;
    private static final int CONNECTIONS = 1024;
    private static final TimeValue IDLE = TimeValue.ofSeconds(20);

    private final CheckedAddresses addresses;
    private final Map<Key, Client> clients = new LinkedHashMap<>(16, 0.75f, true);
    private final ScheduledFuture<?> sweep;

    private record Key(GitAccess access, Duration timeout) {
        static Key of(Upstream upstream) {
            GitAccess access = upstream.access();
            return new Key(
                    new GitAccess(
                            new Authentication.None(),
                            access.caCertificates(),
                            access.insecureSkipTls(),
                            access.proxy()),
                    upstream.timeout());
        }
    }

    /** A client and the connections that it keeps. */
    private record Client(CloseableHttpClient http, PoolingHttpClientConnectionManager connections) {}

    /**
     * @param clock ends idle connections now and then: one for all clients, as Apache's own would be a thread for each
     */
    HttpClients(AddressPolicy policy, ScheduledExecutorService clock) {
        this.addresses = new CheckedAddresses(policy);
        this.sweep =
                clock.scheduleWithFixedDelay(this::endIdle, IDLE.toSeconds(), IDLE.toSeconds() / 2, TimeUnit.SECONDS);
    }

    /**
     * @throws UnknownHostException if a proxy would be asked to go where the policy forbids; a direct connection is
     *     checked when it is made
     */
    CloseableHttpClient clientFor(Upstream upstream) throws UnknownHostException {
        if (upstream.access().proxy().isPresent()) {
            addresses.requireAllowedBeyondProxy(upstream.url().host());
        }
        Key key = Key.of(upstream);
        synchronized (clients) {
            Client client = clients.get(key);
            if (client == null) {
                client = build(key);
                clients.put(key, client);
                dropEldest();
            }
            return client.http();
        }
    }

    /** Requests under way on a dropped client end as they would have; only its idle connections go. */
    private void dropEldest() {
        var eldest = clients.entrySet().iterator();
        if (clients.size() > KEPT_CLIENTS && eldest.hasNext()) {
            Client client = eldest.next().getValue();
            eldest.remove();
            client.connections().closeIdle(TimeValue.ZERO_MILLISECONDS);
        }
    }

    private void endIdle() {
        List<Client> kept;
        synchronized (clients) {
            kept = List.copyOf(clients.values());
        }
        kept.forEach(client -> client.connections().closeIdle(IDLE));
    }

    private Client build(Key key) {
        Timeout timeout = Timeout.of(key.timeout());
        HostnameVerifier verifier = key.access().insecureSkipTls()
                ? NoopHostnameVerifier.INSTANCE
                : HttpsSupport.getDefaultHostnameVerifier();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        TrustedAuthorities.contextFor(key.access()), HostnameVerificationPolicy.CLIENT, verifier))
                .setMaxConnPerRoute(CONNECTIONS_PER_HOST)
                .setMaxConnTotal(CONNECTIONS)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(timeout)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement();
        key.access().proxy().ifPresent(proxy -> through(builder, proxy));
        return new Client(builder.build(), connections);
    }

    private static void through(HttpClientBuilder builder, ProxySettings proxy) {
        HttpHost host = hostOf(proxy);
        builder.setProxy(host);
        if (!proxy.user().isBlank()) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(new AuthScope(host), credentialsOf(proxy));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }

    /** A context for one request that shows the proxy its credentials at once: a push is not sent twice for them. */
    static HttpClientContext contextFor(ProxySettings proxy) {
        ContextBuilder builder = ContextBuilder.create();
        if (!proxy.user().isBlank()) {
            builder.preemptiveBasicAuth(hostOf(proxy), credentialsOf(proxy));
        }
        return builder.build();
    }

    private static HttpHost hostOf(ProxySettings proxy) {
        return new HttpHost("http", proxy.host(), proxy.port());
    }

    private static UsernamePasswordCredentials credentialsOf(ProxySettings proxy) {
        return new UsernamePasswordCredentials(
                proxy.user(), proxy.password().reveal().toCharArray());
    }

    @Override
    public void close() {
        sweep.cancel(false);
        synchronized (clients) {
            clients.values().forEach(client -> client.http().close(CloseMode.IMMEDIATE));
            clients.clear();
        }
    }
}
