package sh.keptn.bench.store;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import sh.keptn.bench.git.Hosting;
import sh.keptn.bench.keptn.Resources;
import sh.keptn.bench.measure.VoidRun;
import sh.keptn.core.config.Secret;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;

/** What the API server does with the store for each request, and nothing else of it. */
public final class StoreResources implements Resources {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final CommitMessage MESSAGE = new CommitMessage("Updated resource");

    private final GitStore store;
    private final Hosting hosting;
    private final Map<String, Upstream> upstreams = new ConcurrentHashMap<>();

    public StoreResources(GitStore store, Hosting hosting) {
        this.store = store;
        this.hosting = hosting;
    }

    @Override
    public void createProject(String name, List<String> stages) throws IOException, InterruptedException {
        Hosting.Repository repository = hosting.repository(name);
        GitAccess access = new GitAccess(
                new Authentication.Basic(repository.user(), new Secret(repository.token())),
                Optional.empty(),
                false,
                Optional.empty());
        Upstream upstream =
                new Upstream(new ProjectName(name), new GitUrl(repository.url()), access, Optional.of("main"), TIMEOUT);
        upstreams.put(name, upstream);
        CommitRequest first = new CommitRequest(
                "main",
                List.of(new Change.Put("metadata.yaml", Content.ofText("projectName: " + name + "\n"))),
                new CommitMessage("initialized project"),
                CommitRequest.WhenAbsent.CREATE);
        CommitId start = committed(store.commit(upstream, first));
        for (String stage : stages) {
            store.createBranch(upstream, stage, start, Optional.of(new CommitMessage("created stage: " + stage)));
        }
    }

    @Override
    public String write(String project, String stage, String path, String content) {
        Change change = new Change.Put(path, Content.ofText(content));
        return committed(store.commit(upstream(project), new CommitRequest(stage, List.of(change), MESSAGE)))
                .value();
    }

    @Override
    public String read(String project, String stage, String path) {
        Upstream upstream = upstream(project);
        CommitId head = store.heads(upstream).of(stage).orElseThrow(() -> new VoidRun("no branch " + stage));
        return text(upstream, head, path);
    }

    @Override
    public String readAt(String project, String stage, String commit, String path) {
        Upstream upstream = upstream(project);
        CommitId known = store.resolve(upstream, commit).orElseThrow(() -> new VoidRun("no commit " + commit));
        return text(upstream, known, path);
    }

    private String text(Upstream upstream, CommitId commit, String path) {
        return store.read(upstream, commit, path)
                .orElseThrow(() -> new VoidRun("no file " + path))
                .content()
                .text();
    }

    private Upstream upstream(String project) {
        return Optional.ofNullable(upstreams.get(project)).orElseThrow(() -> new VoidRun("no project " + project));
    }

    private static CommitId committed(CommitOutcome outcome) {
        return switch (outcome) {
            case CommitOutcome.Committed(CommitId commit) -> commit;
            case CommitOutcome.Unchanged unchanged -> throw new VoidRun("nothing was committed");
            case CommitOutcome.Absent(String path) -> throw new VoidRun("absent: " + path);
        };
    }
}
