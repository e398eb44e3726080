package sh.keptn.core.git.jgit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as JGit wants it. A status that is no success is an {@link HttpRefusal}, a redirect that must not be
 * followed a {@link RedirectRefused}, so that nobody has to guess the cause from a text later.
 */
final class HttpExchange implements HttpConnection {
    private static final int IN_MEMORY_BYTES = 4 << 20;
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private final CloseableHttpClient client;
    private final URI target;
    private final HttpTransfer transfer;
    private final long limit;
    private final Map<String, String> requestHeaders = new LinkedHashMap<>();
    private String method = METHOD_GET;
    private @Nullable TemporaryBuffer body;
    private volatile @Nullable HttpUriRequestBase request;
    private @Nullable ClassicHttpResponse response;
    private volatile boolean aborted;

    private static final String METHOD_GET = "GET";

    HttpExchange(CloseableHttpClient client, URI target, HttpTransfer transfer, long limit) {
        this.client = client;
        this.target = target;
        this.transfer = transfer;
        this.limit = limit;
    }

    void abort() {
        aborted = true;
        HttpUriRequestBase running = request;
        if (running != null) {
            running.cancel();
        }
    }

    /** Gives the connection back where the answer was read to its end, and cuts it where not. */
    void close() {
        HttpUriRequestBase running = request;
        try {
            if (response != null) {
                response.close();
            }
            if (body != null) {
                body.destroy();
            }
        } catch (IOException e) {
            if (running != null) {
                running.cancel();
            }
        }
    }

    private ClassicHttpResponse answer() throws IOException {
        if (response == null) {
            HttpUriRequestBase next = new HttpUriRequestBase(method, target);
            requestHeaders.forEach(next::setHeader);
            if (body != null) {
                TemporaryBuffer content = body;
                content.close();
                next.setEntity(
                        new EntityTemplate(content.length(), contentType(), null, out -> content.writeTo(out, null)));
            }
            request = next;
            if (aborted) {
                next.cancel();
            }
            try {
                HttpClientContext context = transfer.context();
                response = client.executeOpen(null, next, context);
                requireFromTheHost(response, context);
                check(response);
            } catch (IOException e) {
                throw body == null ? e : new SentOnce(e);
            }
        }
        return response;
    }

    /** The client hands on a proxy's refusal to open a tunnel as if the host had answered; it comes without TLS. */
    private void requireFromTheHost(ClassicHttpResponse answer, HttpClientContext context) throws ProxyRefusal {
        if ("https".equalsIgnoreCase(target.getScheme()) && context.getSSLSession() == null) {
            throw new ProxyRefusal(answer.getCode());
        }
    }

    private void check(ClassicHttpResponse answer) throws IOException {
        int status = answer.getCode();
        if (status >= 300 && status < 400) {
            String location = Optional.ofNullable(answer.getFirstHeader("Location"))
                    .map(Header::getValue)
                    .orElse("");
            if (!method.equals(METHOD_GET)) {
                throw new RedirectRefused();
            }
            try {
                transfer.requireAllowed(target.resolve(location));
            } catch (IllegalArgumentException e) {
                throw new RedirectRefused();
            }
        } else if (status != HTTP_OK) {
            throw new HttpRefusal(status, retryAfter(answer));
        }
    }

    private static Optional<Duration> retryAfter(ClassicHttpResponse answer) {
        try {
            return Optional.ofNullable(answer.getFirstHeader("Retry-After"))
                    .map(header ->
                            Duration.ofSeconds(Long.parseLong(header.getValue().strip())))
                    .filter(delay -> !delay.isNegative())
                    .map(delay -> delay.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : delay);
        } catch (NumberFormatException e) {
            // The form with a date: so rare that "later" is enough.
            return Optional.empty();
        }
    }

    private ContentType contentType() {
        return ContentType.parse(requestHeaders.getOrDefault("Content-Type", "application/octet-stream"));
    }

    @Override
    public int getResponseCode() throws IOException {
        return answer().getCode();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return Optional.ofNullable(answer().getReasonPhrase()).orElse("");
    }

    @Override
    public URL getURL() {
        try {
            return target.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("an http address is always a URL", e);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        HttpEntity entity = answer().getEntity();
        return entity == null ? InputStream.nullInputStream() : new Bounded(entity.getContent(), limit);
    }

    @Override
    public OutputStream getOutputStream() {
        if (body == null) {
            body = new TemporaryBuffer.LocalFile(null, IN_MEMORY_BYTES);
        }
        return body;
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (response != null) {
            fields.putAll(Arrays.stream(response.getHeaders())
                    .collect(Collectors.groupingBy(
                            Header::getName, Collectors.mapping(Header::getValue, Collectors.toList()))));
        }
        return fields;
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        Header header = response == null ? null : response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return response == null
                ? List.of()
                : Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public int getContentLength() {
        return response == null || response.getEntity() == null
                ? -1
                : (int) Math.min(Integer.MAX_VALUE, response.getEntity().getContentLength());
    }

    @Override
    public void setRequestProperty(String name, String value) {
        // JGit repeats its own idea of these; the client sets them from what is really sent.
        if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Transfer-Encoding")) {
            requestHeaders.put(name, value);
        }
    }

    @Override
    public void setRequestMethod(String requestMethod) {
        method = requestMethod;
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public void connect() throws IOException {
        answer();
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void setUseCaches(boolean use) {
        // There is no cache.
    }

    @Override
    public void setConnectTimeout(int timeout) {
        // The client was made with the project's time-out.
    }

    @Override
    public void setReadTimeout(int timeout) {
        // As above.
    }

    @Override
    public void setInstanceFollowRedirects(boolean follow) {
        // Redirects are never followed by the client.
    }

    @Override
    public void setDoOutput(boolean output) {
        // Shown by the body.
    }

    @Override
    public void setFixedLengthStreamingMode(int length) {
        // The body's own length is sent.
    }

    @Override
    public void setChunkedStreamingMode(int chunk) {
        // As above.
    }

    @Override
    public void configure(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {
        throw new UnsupportedOperationException("trust is a setting of the project");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("trust is a setting of the project");
    }

    /** Ends a transfer that grows above the limit. */
    private static final class Bounded extends FilterInputStream {
        private final long limit;
        private long seen;

        Bounded(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(0, count));
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void count(int bytes) throws TransferTooLarge {
            seen += bytes;
            if (seen > limit) {
                throw new TransferTooLarge(limit);
            }
        }
    }
}
