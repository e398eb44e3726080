package sh.keptn.api.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Refusal;
import sh.keptn.api.http.Request;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

/**
 * Takes a config package:
 *
 * <pre>{@code
 * curl -X POST -H "x-token: $KEPTN_API_TOKEN" -F configPackage=@package.zip "$KEPTN_ENDPOINT/v1/import?project=P"
 * }</pre>
 */
public final class ImportRoom implements Room {
    private static final String FIELD = "configPackage";
    private static final int AT_ONE_TIME = 2;

    /** What a form has besides its file. */
    private static final long FORM = 64 << 10;

    private final Importer importer;
    private final Actions actions;
    private final Path folder;
    private final long maxBytes;
    private final Semaphore permits = new Semaphore(AT_ONE_TIME);

    /**
     * The room.
     *
     * @param folder of this process alone, for uploads while they are worked on; what lies there is deleted
     * @param maxBytes of a package, packed and unpacked
     */
    public ImportRoom(Actions actions, Path folder, long maxBytes) {
        this.importer = new Importer(actions);
        this.actions = actions;
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    private record Summary(String outcome, List<Task> tasks) {}

    private record Task(What task, JsonNode response) {}

    /** Keptn writes these with capitals. The context of the task is not said again: it may hold secrets. */
    private record What(
            @JsonProperty("Project") String project,
            @JsonProperty("Task") Id task) {}

    private record Id(
            @JsonProperty("ID") String id,
            @JsonProperty("Name") String name) {}

    @Override
    public void routes(Routes routes) {
        UploadedFile.prepare(folder);
        routes.upload("/api/v1/import", maxBytes + FORM, this::take);
    }

    private Answer take(Request request) {
        ProjectName project = new ProjectName(request.query()
                .text("project")
                .orElseThrow(() -> new Refusal(422, 602, "project in query is required")));
        Multipart form = Multipart.of(request);
        // Before the body is read: nobody need send fifty megabytes to be told that.
        actions.stages(project);
        if (!permits.tryAcquire()) {
            throw new KeptnException(new KeptnError.Unavailable("too many imports at one time", Duration.ofSeconds(5)));
        }
        try (UploadedFile file = UploadedFile.in(folder)) {
            form.extract(request.bodyStream(maxBytes + FORM), FIELD, file);
            try (ConfigPackage files = ConfigPackage.open(file.path(), ConfigPackage.Limits.of(maxBytes))) {
                return answer(project, importer.run(project, files));
            }
        } finally {
            permits.release();
        }
    }

    private static Answer answer(ProjectName project, List<Importer.Done> done) {
        return Answer.json(
                200,
                new Summary(
                        "success",
                        done.stream()
                                .map(one -> new Task(
                                        new What(
                                                project.value(),
                                                new Id(
                                                        one.task().id(),
                                                        one.task().head().name())),
                                        one.response()))
                                .toList()));
    }
}
