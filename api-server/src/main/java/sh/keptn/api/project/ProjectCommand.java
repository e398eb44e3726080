package sh.keptn.api.project;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.StrictBase64;
import sh.keptn.api.kube.OnceMade;
import sh.keptn.api.upstream.OnBehalf;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.Shipyard;

/** What a client wants to be done with a project. One that exists is valid by all that can be known without looking. */
sealed interface ProjectCommand {
    ProjectName name();

    /**
     * A project that is not there yet.
     *
     * @param credentials empty where a provisioner is to make the upstream
     * @param once by what the request is known if it comes again
     */
    record Create(ProjectName name, Shipyard shipyard, Optional<GivenCredentials> credentials, Optional<OnceMade> once)
            implements ProjectCommand {}

    /**
     * What is empty stays as it is.
     *
     * @param trailers of the commit that a new shipyard makes
     */
    record Update(
            ProjectName name,
            Optional<Shipyard> shipyard,
            Optional<GivenCredentials> credentials,
            Map<String, String> trailers)
            implements ProjectCommand {}

    /** Whether a project may come without credentials. */
    enum Provisioning {
        OFF,
        ON
    }

    /** Checks in Keptn's order, so that a body with several faults gets the same complaint. */
    static Create create(Request request, Provisioning provisioning) {
        return create(request.json(ProjectBody.class, Json.Unknown.REFUSED), provisioning, request);
    }

    /** The same from the body that api-service took before controlPlane. */
    static Create createOlder(Request request, Provisioning provisioning) {
        return create(
                request.json(OlderProjects.Body.class, Json.Unknown.REFUSED).today(), provisioning, request);
    }

    private static Create create(ProjectBody body, Provisioning provisioning, Request request) {
        ProjectName name = name(body);
        Shipyard shipyard =
                shipyard(body.shipyard()).orElseThrow(() -> KeptnException.invalid("shipyard", "is missing"));
        Optional<GivenCredentials> credentials =
                Optional.ofNullable(body.gitCredentials()).map(GivenCredentials::parse);
        if (credentials.isEmpty() && provisioning == Provisioning.OFF) {
            throw KeptnException.invalid("gitCredentials", "is missing");
        }
        Optional<OnceMade> once = request.idempotencyKey()
                .map(key -> OnceMade.of(
                        key,
                        String.join(
                                "\n",
                                name.value(),
                                credentials.map(given -> given.url().value()).orElse(""),
                                shipyard.content())));
        return new Create(name, shipyard, credentials, once);
    }

    static Update update(Request request) {
        ProjectBody body = request.json(ProjectBody.class, Json.Unknown.REFUSED);
        ProjectName name = name(body);
        return new Update(
                name,
                shipyard(body.shipyard()),
                Optional.ofNullable(body.gitCredentials()).map(GivenCredentials::parse),
                OnBehalf.of(request));
    }

    private static ProjectName name(ProjectBody body) {
        String name = Optional.ofNullable(body.name()).orElse("");
        if (name.isEmpty()) {
            throw KeptnException.invalid("name", "is missing");
        }
        return new ProjectName(name);
    }

    private static Optional<Shipyard> shipyard(@Nullable String base64) {
        if (base64 == null || base64.isEmpty()) {
            return Optional.empty();
        }
        byte[] text = StrictBase64.decode("shipyard", base64);
        return Optional.of(Shipyard.parse(new String(text, StandardCharsets.UTF_8)));
    }
}
