package sh.keptn.api.project;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Json;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.StrictBase64;
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
     */
    record Create(ProjectName name, Shipyard shipyard, Optional<GivenCredentials> credentials)
            implements ProjectCommand {}

    /** What is empty stays as it is. */
    record Update(ProjectName name, Optional<Shipyard> shipyard, Optional<GivenCredentials> credentials)
            implements ProjectCommand {}

    /** Whether a project may come without credentials. */
    enum Provisioning {
        OFF,
        ON
    }

    /** Checks in Keptn's order, so that a body with several faults gets the same complaint. */
    static Create create(Request request, Provisioning provisioning) {
        ProjectBody body = request.json(ProjectBody.class, Json.Unknown.REFUSED);
        ProjectName name = name(body);
        Shipyard shipyard =
                shipyard(body.shipyard()).orElseThrow(() -> KeptnException.invalid("shipyard", "is missing"));
        Optional<GivenCredentials> credentials =
                Optional.ofNullable(body.gitCredentials()).map(GivenCredentials::parse);
        if (credentials.isEmpty() && provisioning == Provisioning.OFF) {
            throw KeptnException.invalid("gitCredentials", "is missing");
        }
        return new Create(name, shipyard, credentials);
    }

    static Update update(Request request) {
        ProjectBody body = request.json(ProjectBody.class, Json.Unknown.REFUSED);
        ProjectName name = name(body);
        return new Update(
                name,
                shipyard(body.shipyard()),
                Optional.ofNullable(body.gitCredentials()).map(GivenCredentials::parse));
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
