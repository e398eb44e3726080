package sh.keptn.operator.provision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
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
 */
public final class HttpProvisioner implements Provisioner {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final int MAX_BODY = 64 * 1024;

    private final HttpClient client;
    private final URI repository;

    public HttpProvisioner(URI base) {
        this.client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        this.repository = URI.create(base.toString().replaceAll("/+$", "") + "/repository");
    }

    @Override
    public ProvisionedRepository provision(ProjectName project, String namespace) {
        JsonNode answer = read(send("POST", project, namespace));
        try {
            return new ProvisionedRepository(
                    new GitUrl(answer.path("gitRemoteURL").asText("")),
                    answer.path("gitUser").asText(""),
                    new Secret(answer.path("gitToken").asText("")));
        } catch (KeptnException e) {
            throw failed("it answered without a usable gitRemoteURL", e);
        }
    }

    @Override
    public void retire(ProjectName project, String namespace) {
        send("DELETE", project, namespace);
    }

    private byte[] send(String method, ProjectName project, String namespace) {
        try {
            byte[] body = JSON.writeValueAsBytes(Map.of("project", project.value(), "namespace", namespace));
            HttpRequest request = HttpRequest.newBuilder(repository)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var content = response.body()) {
                byte[] answer = content.readNBytes(MAX_BODY);
                if (response.statusCode() / 100 != 2) {
                    throw failed("it answered " + response.statusCode(), null);
                }
                return answer;
            }
        } catch (IOException e) {
            throw failed("it cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("it was not waited for", e);
        }
    }

    private static JsonNode read(byte[] answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            // Without its cause: the parser quotes what it read, and that may be the token.
            throw failed("it did not answer JSON", null);
        } catch (IOException e) {
            throw failed("its answer could not be read", e);
        }
    }

    private static KeptnException failed(String why, @Nullable Exception cause) {
        return new KeptnException(
                new KeptnError.Unavailable("the provisioner gave no repository: " + why, RETRY), cause);
    }
}
