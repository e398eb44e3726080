package sh.keptn.core.git.jgit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import sh.keptn.core.config.Secret;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.ProjectName;
import sh.keptn.local.git.GitServer;
import sh.keptn.local.git.Provisioned;

/** The Git server of a system on one machine. */
final class LocalHost implements GitHost {
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final GitServer server;

    LocalHost(Path directory) {
        this.server = GitServer.start(directory, 0);
    }

    @Override
    public Upstream upstream(String project) {
        Provisioned made = server.provision(project, "keptn");
        return upstream(project, made.gitRemoteUrl(), made.gitToken());
    }

    int port() {
        return server.port();
    }

    static Upstream upstream(String project, String url, String token) {
        return new Upstream(
                new ProjectName(project),
                new GitUrl(url),
                new GitAccess(
                        new Authentication.Basic("keptn", new Secret(token)),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                Optional.empty(),
                TIMEOUT);
    }

    @Override
    public Path bare(String project) {
        return server.directoryOf(project, "keptn");
    }

    @Override
    public void close() {
        server.close();
    }
}
