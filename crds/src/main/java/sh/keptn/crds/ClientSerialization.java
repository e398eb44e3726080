package sh.keptn.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** How Keptn's processes read and write what the Kubernetes API holds. */
public final class ClientSerialization {
    private ClientSerialization() {}

    /**
     * A reader and writer for a client. It passes over enum constants that a newer version may have written, and leaves
     * out metadata.managedFields of Keptn's own kinds: nobody here asks for them, and in an informer's cache they would
     * take more memory than all the rest. Other kinds are read whole.
     */
    public static KubernetesSerialization create() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .addMixIn(CustomResource.class, WithoutManagedFields.class)
                .build();
        return new KubernetesSerialization(mapper, true);
    }

    /** Laid over a kind by Jackson. */
    @SuppressWarnings("UnusedMethod") // read by name
    private interface WithoutManagedFields {
        @JsonIgnoreProperties("managedFields")
        ObjectMeta getMetadata();

        @JsonIgnoreProperties("managedFields")
        void setMetadata(ObjectMeta metadata);
    }
}
