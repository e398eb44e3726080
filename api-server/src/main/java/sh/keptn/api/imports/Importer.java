package sh.keptn.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.http.Json;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.Content;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ResourcePath;
import sh.keptn.core.model.Scope;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.StageName;

/**
 * Does what a package says, task by task; all of them are checked before the first is begun. It ends at the first that
 * fails, and what was done before stays done, as in Keptn.
 */
final class Importer {
    private static final Logger log = LoggerFactory.getLogger(Importer.class);
    private static final int MOST_IN_FILE = 5 << 20;
    private static final int MOST_IN_CONTEXT = 64 << 10;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Actions actions;

    Importer(Actions actions) {
        this.actions = actions;
    }

    /** A task that was done, and what its operation answered. */
    record Done(ImportTask task, JsonNode response) {}

    List<Done> run(ProjectName project, ConfigPackage files) {
        Manifest manifest = Manifest.parse(files.read(ConfigPackage.MANIFEST));
        for (ImportTask task : manifest.tasks()) {
            if (!files.holds(task.file())) {
                throw KeptnException.invalid("task " + task.id(), "its file is not in the package");
            }
        }
        ObjectNode tasks = JSON.objectNode();
        List<Done> done = new ArrayList<>();
        for (ImportTask task : manifest.tasks()) {
            JsonNode response = run(project, files, task, tasks);
            done.add(new Done(task, response));
        }
        log.atInfo()
                .addKeyValue("project", project)
                .addKeyValue("tasks", done.size())
                .log("config package imported");
        return done;
    }

    private JsonNode run(ProjectName project, ConfigPackage files, ImportTask task, ObjectNode tasks) {
        try {
            ObjectNode context = context(project, task, tasks);
            ObjectNode values = values(project, tasks);
            values.put("Project", project.value());
            values.set("Context", context);
            byte[] content = rendered(values, files.read(task.file()));
            JsonNode response = switch (task) {
                case ImportTask.Call call -> call(project, call.action(), content);
                case ImportTask.Upload upload ->
                    upload(project, upload, new Template(values, MOST_IN_CONTEXT), Content.of(content));
            };
            tasks.putObject(task.id()).<ObjectNode>set("Context", context).set("Response", response);
            return response;
        } catch (KeptnException e) {
            // Whatever a task fails with is a 400, as in Keptn; the message says which task and why.
            throw new KeptnException(
                    new KeptnError.Invalid("task " + task.id(), e.error().message()), e);
        }
    }

    /** What is no text stays as it is. */
    private static byte[] rendered(ObjectNode values, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), content);
        return isText ? new Template(values, MOST_IN_FILE).render(text).getBytes(StandardCharsets.UTF_8) : content;
    }

    private JsonNode call(ProjectName project, ImportTask.Action action, byte[] json) {
        Object answer = switch (action) {
            case CREATE_SERVICE -> actions.createService(project, json);
            case CREATE_SECRET -> actions.createSecret(json);
            case CREATE_SUBSCRIPTION -> actions.createSubscription(json);
        };
        return Json.tree(Json.write(answer));
    }

    /** The answer is that of the last stage. */
    private JsonNode upload(ProjectName project, ImportTask.Upload upload, Template template, Content content) {
        ResourcePath path = ResourcePath.parse(template.render(upload.uri()));
        Optional<ServiceName> service = upload.service().map(template::render).map(ServiceName::new);
        List<StageName> stages = upload.stage()
                .map(stage -> List.of(new StageName(template.render(stage))))
                .orElseGet(() -> actions.stages(project));
        JsonNode response = JSON.objectNode();
        for (StageName stage : stages) {
            Scope scope = service.<Scope>map(name -> new Scope.OfService(stage, name))
                    .orElseGet(() -> new Scope.OfStage(stage));
            response = Json.tree(Json.write(actions.writeResource(project, scope, path, content)));
        }
        return response;
    }

    private static ObjectNode context(ProjectName project, ImportTask task, ObjectNode tasks) {
        Template template = new Template(values(project, tasks), MOST_IN_CONTEXT);
        ObjectNode context = JSON.objectNode();
        for (Map.Entry<String, String> entry : task.head().context().entrySet()) {
            context.put(entry.getKey(), template.render(entry.getValue()));
        }
        return context;
    }

    private static ObjectNode values(ProjectName project, ObjectNode tasks) {
        ObjectNode values = JSON.objectNode();
        values.putObject("Inputs").put("project", project.value());
        values.set("Tasks", tasks);
        return values;
    }
}
