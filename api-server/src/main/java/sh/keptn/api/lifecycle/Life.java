package sh.keptn.api.lifecycle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.event.EventField;
import sh.keptn.api.event.KeptnEvent;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.service.KeptnService;

/**
 * One project or service from its making to its end, and the events that tell of it. The id of each event is made of the
 * resource's UID, so that whoever tells of it, and however often, it is the same event.
 *
 * @param uid of the resource: a second project of the same name is another life
 * @param service empty for a project
 */
record Life(Kind kind, String uid, String project, Optional<String> service, Instant created) {
    private static final String SOURCE = "shipyard-controller";
    private static final String UID = "resourceuid";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    enum Kind {
        PROJECT,
        SERVICE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can happen in a life. */
    enum Step {
        CREATE_STARTED("create", "started"),
        CREATE_FINISHED("create", "finished"),
        DELETE_STARTED("delete", "started"),
        DELETE_FINISHED("delete", "finished");

        private final String task;
        private final String phase;

        Step(String task, String phase) {
            this.task = task;
            this.phase = phase;
        }
    }

    static Life of(KeptnProject project) {
        return new Life(
                Kind.PROJECT, uid(project), project.getMetadata().getName(), Optional.empty(), created(project));
    }

    static Life of(KeptnService service) {
        return new Life(
                Kind.SERVICE,
                uid(service),
                service.getSpec().project(),
                Optional.of(service.getSpec().service()),
                created(service));
    }

    /** The life that a {@link Step#CREATE_STARTED} tells of; empty for an event that somebody else sent. */
    static Optional<Life> of(KeptnEvent started) {
        if (started.extensions() == null || !started.extensions().path(UID).isTextual()) {
            return Optional.empty();
        }
        String uid = started.extensions().path(UID).asText();
        Optional<String> service = started.value(EventField.SERVICE);
        return started.value(EventField.PROJECT)
                .map(project -> new Life(
                        service.isPresent() ? Kind.SERVICE : Kind.PROJECT, uid, project, service, started.time()))
                .filter(life -> life.id(Step.CREATE_STARTED).equals(started.id()));
    }

    static String type(Kind kind, Step step) {
        return "sh.keptn.event." + kind.word() + "." + step.task + "." + step.phase;
    }

    UUID id(Step step) {
        return uuid(step.task + "." + step.phase);
    }

    KeptnEvent createStarted() {
        return event(Step.CREATE_STARTED, created, data());
    }

    KeptnEvent created(Instant time, @Nullable ObjectNode createdProject) {
        ObjectNode data = data().put("status", "succeeded").put("result", "pass");
        if (createdProject != null) {
            data.set("createdProject", createdProject);
        }
        return event(Step.CREATE_FINISHED, time, data);
    }

    KeptnEvent neverCreated(Instant time) {
        ObjectNode data = data().put("status", "errored")
                .put("result", "fail")
                .put("message", "the " + kind.word() + " was removed before it was ready");
        return event(Step.CREATE_FINISHED, time, data);
    }

    KeptnEvent deleteStarted(Instant time) {
        return event(Step.DELETE_STARTED, time, data());
    }

    KeptnEvent deleted(Instant time) {
        return event(
                Step.DELETE_FINISHED, time, data().put("status", "succeeded").put("result", "pass"));
    }

    private KeptnEvent event(Step step, Instant time, ObjectNode data) {
        return new KeptnEvent(
                id(step),
                time,
                type(kind, step),
                SOURCE,
                uuid(step.task).toString(),
                step.phase.equals("finished") ? uuid(step.task + ".started").toString() : null,
                null,
                JSON.objectNode().put(UID, uid),
                data);
    }

    private ObjectNode data() {
        ObjectNode data = JSON.objectNode().put("project", project);
        service.ifPresent(name -> data.put("service", name));
        return data;
    }

    private UUID uuid(String of) {
        return UUID.nameUUIDFromBytes((uid + ":" + of).getBytes(StandardCharsets.UTF_8));
    }

    private static String uid(HasMetadata resource) {
        return resource.getMetadata().getUid();
    }

    private static Instant created(HasMetadata resource) {
        return Instant.parse(resource.getMetadata().getCreationTimestamp());
    }
}
