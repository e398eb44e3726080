package sh.keptn.api.metadata;

import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/** {@code curl -H "x-token: $KEPTN_API_TOKEN" $KEPTN_ENDPOINT/v1/metadata} */
public final class MetadataRoom implements Room {
    /** Keptn's command line reads the last field before it creates a project, and must find it. */
    private record Metadata(
            String namespace,
            String keptnlabel,
            String keptnversion,
            String bridgeversion,
            String shipyardversion,
            boolean automaticprovisioning) {}

    private final Metadata metadata;

    /**
     * The room of one installation.
     *
     * @param provisions whether a project may be made without credentials
     */
    public MetadataRoom(String namespace, String version, boolean provisions) {
        this.metadata = new Metadata(namespace, "keptn", version, "N/A", "0.2.0", provisions);
    }

    @Override
    public void routes(Routes routes) {
        routes.get("/api/v1/metadata", _ -> Answer.json(200, metadata));
    }
}
