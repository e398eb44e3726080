package sh.keptn.operator.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.model.ProjectName;

/**
 * Keptn's provisioner protocol.
 *
 * <pre>
 * POST   {url}/repository {"project":"sockshop","namespace":"keptn"} -> 2xx {"gitRemoteURL":…,"gitToken":…,"gitUser":…}
 * DELETE {url}/repository {"project":"sockshop","namespace":"keptn"} -> 2xx
 * </pre>
 *
 * The provisioner is somebody else's program: it has so long and so many bytes, its redirects are not followed, and
 * nothing that it says is quoted, for a token may be in it.
 */
public final class HttpProvisioner implements Provisioner {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final int MAX_BODY = 64 * 1024;

    private final HttpClient client;
    private final ProvisionerAddress address;
    private final Duration deadline;

    public HttpProvisioner(ProvisionerAddress address) {
        this(address, Duration.ofSeconds(10));
    }

    /**
     * @param deadline for the whole answer, to its last byte
     */
    HttpProvisioner(ProvisionerAddress address, Duration deadline) {
        // HTTP/1.1, without the offer of HTTP/2 that some small servers stumble over.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadline)
                .build();
        this.address = address;
        this.deadline = deadline;
    }

    @Override
    public ProvisionedRepository provision(ProjectName project, String namespace) {
        String gave = "the provisioner gave no repository: ";
        JsonNode answer = read(gave, send(gave, "POST", project, namespace));
        try {
            return new ProvisionedRepository(
                    new GitUrl(answer.path("gitRemoteURL").asText("")),
                    answer.path("gitUser").asText(""),
                    new Secret(answer.path("gitToken").asText("")));
        } catch (KeptnException e) {
            throw failed(gave + "it answered without a usable gitRemoteURL", e);
        }
    }

    @Override
    public void retire(ProjectName project, String namespace) {
        send("the provisioner did not take the repository back: ", "DELETE", project, namespace);
    }

    private byte[] send(String lead, String method, ProjectName project, String namespace) {
        HttpRequest request = request(method, project, namespace);
        FutureTask<byte[]> exchange = new FutureTask<>(() -> exchange(lead, request));
        Thread.ofVirtual().name("provisioner").start(exchange);
        try {
            return exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw failed(lead + "it did not answer within " + deadline.toSeconds() + " s", null);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KeptnException known
                    ? known
                    : failed(lead + "it cannot be reached", e.getCause());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(lead + "it was not waited for", e);
        }
    }

    private HttpRequest request(String method, ProjectName project, String namespace) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.repository()).header("Content-Type", "application/json");
        address.authorization().ifPresent(login -> request.header("Authorization", login.reveal()));
        try {
            byte[] body = JSON.writeValueAsBytes(Map.of("project", project.value(), "namespace", namespace));
            return request.method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two texts are always JSON", e);
        }
    }

    private byte[] exchange(String lead, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            if (response.statusCode() / 100 != 2) {
                throw failed(lead + "it answered " + response.statusCode(), null);
            }
            byte[] answer = content.readNBytes(MAX_BODY + 1);
            if (answer.length > MAX_BODY) {
                throw failed(lead + "its answer is larger than " + MAX_BODY + " bytes", null);
            }
            return answer;
        }
    }

    private static JsonNode read(String lead, byte[] answer) {
        try {
            return JSON.readTree(answer);
        } catch (IOException e) {
            // Without its cause: the parser quotes what it read, and that may be the token.
            throw failed(lead + "it did not answer JSON", null);
        }
    }

    private static KeptnException failed(String why, @Nullable Throwable cause) {
        return new KeptnException(new KeptnError.Unavailable(why, RETRY), cause);
    }
}
