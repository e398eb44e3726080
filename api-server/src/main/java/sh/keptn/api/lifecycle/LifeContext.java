package sh.keptn.api.lifecycle;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The keptnContext under which the events of a project's or service's making and end are found. */
public final class LifeContext {
    private LifeContext() {}

    public static String ofCreation(HasMetadata resource) {
        return of(resource.getMetadata().getUid(), "create").toString();
    }

    public static String ofDeletion(HasMetadata resource) {
        return of(resource.getMetadata().getUid(), "delete").toString();
    }

    static UUID of(String uid, String what) {
        return UUID.nameUUIDFromBytes((uid + ":" + what).getBytes(StandardCharsets.UTF_8));
    }
}
