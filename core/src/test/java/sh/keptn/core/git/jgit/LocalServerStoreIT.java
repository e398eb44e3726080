package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.config.Secret;
import sh.keptn.core.git.*;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;
import sh.keptn.local.git.GitServer;

class LocalServerStoreIT {
    @TempDir
    Path dir;

    @Test
    void firstPath() {
        try (var server = GitServer.start(dir.resolve("server"), 0);
                var store = new JGitStore(
                        dir.resolve("mirrors"),
                        GitAuthor.KEPTN,
                        GitLimits.DEFAULT,
                        new AddressPolicy(true, true),
                        Clock.systemUTC())) {
            var p = server.provision("sockshop", "keptn");
            var up = new Upstream(
                    new ProjectName("sockshop"),
                    new GitUrl(p.gitRemoteUrl()),
                    new GitAccess(
                            new Authentication.Basic(p.gitUser(), new Secret(p.gitToken())),
                            Optional.empty(),
                            false,
                            Optional.empty()),
                    Optional.empty(),
                    Duration.ofSeconds(10));
            assertThat(store.heads(up).isEmpty()).isTrue();
            var first = store.commit(
                    up,
                    new CommitRequest(
                            "main",
                            List.of(new Change.Put("a/b/c.txt", Content.ofText("hello"))),
                            new CommitMessage("first"),
                            CommitRequest.WhenAbsent.CREATE));
            assertThat(first).isInstanceOf(CommitOutcome.Committed.class);
            CommitId id = ((CommitOutcome.Committed) first).commit();
            assertThat(store.heads(up).of("main")).contains(id);
            assertThat(store.read(up, id, "a/b/c.txt").orElseThrow().content().text())
                    .isEqualTo("hello");
            for (int i = 0; i < 30; i++) {
                long t = System.nanoTime();
                store.commit(
                        up,
                        new CommitRequest(
                                "main",
                                List.of(new Change.Put("x/f" + i, Content.ofText("v" + i))),
                                new CommitMessage("n")));
                System.out.println((System.nanoTime() - t) / 1000);
            }
            System.out.println(store.createBranch(up, "dev", id, Optional.of(new CommitMessage("created stage"))));
            System.out.println(store.log(up, store.resolve(up, "dev").orElseThrow(), 5));
            System.out.println(store.heads(up));
        }
    }
}
