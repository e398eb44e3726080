package sh.keptn.local.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.crds.project.WebhookToken;

/**
 * Announces pushes to an API server as every Git host does: signed, once, and without holding up the push. What does not
 * get through is found by polling.
 */
public final class Webhook implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Webhook.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final String HMAC = "HmacSHA256";

    private final URI server;
    private final WebhookToken token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param server the API server's address, without a path
     * @param token the one of all projects whose repositories are here
     */
    public Webhook(URI server, WebhookToken token) {
        this.server = server;
        this.token = token;
    }

    /** Returns at once. */
    void pushed(RepositoryName repository) {
        calls.execute(() -> call(repository));
    }

    private void call(RepositoryName repository) {
        URI address = server.resolve(token.path(repository.namespace(), repository.project()));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Signature", "sha256=" + signature())
                .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == ACCEPTED) {
                log.atDebug().addKeyValue("repository", repository.value()).log("push announced");
            } else {
                log.atInfo()
                        .addKeyValue("repository", repository.value())
                        .addKeyValue("status", status)
                        .log("push not announced: the API server knows no such webhook");
            }
        } catch (IOException e) {
            log.atInfo()
                    .addKeyValue("repository", repository.value())
                    .addKeyValue("cause", e.toString())
                    .log("push not announced: the API server does not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String signature() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(token.reveal().getBytes(UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(BODY));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /** Lets calls in hand end. */
    @Override
    public void close() {
        calls.close();
        client.close();
    }
}
