package sh.keptn.core.git.jgit;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import org.apache.hc.client5.http.ContextBuilder;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
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
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.ProxySettings;
import sh.keptn.core.git.Upstream;

/**
 * HTTP clients with their kept connections, one for each way to get in: trust, proxy and time-out of one project never
 * meet those of another. The least used are dropped when there are many.
 */
final class HttpClients implements AutoCloseable {
    private static final int KEPT_CLIENTS = 200;
    private static final int CONNECTIONS_PER_CLIENT = 32;
    private static final TimeValue IDLE = TimeValue.ofSeconds(20);

    private final CheckedAddresses addresses;
    private final Map<Key, CloseableHttpClient> clients = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(GitAccess access, Duration timeout) {}

    HttpClients(AddressPolicy policy) {
        this.addresses = new CheckedAddresses(policy);
    }

    /**
     * @throws UnknownHostException if a proxy would be asked to go where the policy forbids; a direct connection is
     *     checked when it is made
     */
    CloseableHttpClient clientFor(Upstream upstream) throws UnknownHostException {
        if (upstream.access().proxy().isPresent()) {
            addresses.requireAllowedBeyondProxy(upstream.url().host());
        }
        Key key = new Key(upstream.access(), upstream.timeout());
        synchronized (clients) {
            CloseableHttpClient client = clients.get(key);
            if (client == null) {
                client = build(key);
                clients.put(key, client);
                dropEldest();
            }
            return client;
        }
    }

    /** Requests under way on a dropped client end as they would have; only its idle connections go. */
    private void dropEldest() {
        var eldest = clients.entrySet().iterator();
        if (clients.size() > KEPT_CLIENTS && eldest.hasNext()) {
            eldest.next();
            eldest.remove();
        }
    }

    private CloseableHttpClient build(Key key) {
        Timeout timeout = Timeout.of(key.timeout());
        HostnameVerifier verifier = key.access().insecureSkipTls()
                ? NoopHostnameVerifier.INSTANCE
                : HttpsSupport.getDefaultHostnameVerifier();
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        TrustedAuthorities.contextFor(key.access()), HostnameVerificationPolicy.CLIENT, verifier))
                .setMaxConnPerRoute(CONNECTIONS_PER_CLIENT)
                .setMaxConnTotal(CONNECTIONS_PER_CLIENT)
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
                .evictIdleConnections(IDLE)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement();
        key.access().proxy().ifPresent(proxy -> through(builder, proxy));
        return builder.build();
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
        synchronized (clients) {
            clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
            clients.clear();
        }
    }
}
