package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.git.jgit.JGitStore;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;
import sh.keptn.local.git.GitServer;
import sh.keptn.local.git.Provisioned;
import sh.keptn.operator.render.FolderContent;
import sh.keptn.operator.render.FolderLimits;
import sh.keptn.operator.render.FolderReader;

/** What of a service's folder comes out of a commit that somebody pushed with the Git command. */
class FolderReaderIT {
    private static final FolderLimits SMALL = new FolderLimits(100, 3, 3);

    @TempDir
    private Path directory;

    private GitServer server;
    private GitStore store;
    private Upstream upstream;
    private Checkout clone;

    @BeforeEach
    void start() {
        server = GitServer.start(directory.resolve("upstreams"), 0);
        Provisioned made = server.provision("sockshop", "keptn");
        store = new JGitStore(
                directory.resolve("mirrors"),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                Clock.systemUTC());
        upstream = new Upstream(
                new ProjectName("sockshop"),
                new GitUrl(made.gitRemoteUrl()),
                new GitAccess(
                        new Authentication.Basic(made.gitUser(), new Secret(made.gitToken())),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                Optional.empty(),
                Duration.ofSeconds(30));
        clone = Checkout.of(server.directoryOf("sockshop", "keptn"), directory.resolve("clones"));
        clone.push("dev", "carts/values.yaml", "image: carts:1\n");
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void readsTheFilesOfOneFolderAlone() {
        clone.push("dev", "carts/helm/carts/Chart.yaml", "name: carts\n");
        clone.push("dev", "carts-db/values.yaml", "image: db:1\n");

        FolderContent folder = read(FolderLimits.DEFAULT);

        assertThat(folder.files())
                .containsOnlyKeys("helm/carts/Chart.yaml", "values.yaml")
                .containsEntry("values.yaml", Content.ofText("image: carts:1\n"));
        assertThat(folder.below("helm/carts").files()).containsOnlyKeys("Chart.yaml");
    }

    @Test
    void g22LeavesOutLinksWhereverTheyLead() throws IOException {
        Path carts = clone.directory().resolve("carts");
        Files.createSymbolicLink(carts.resolve("passwd.yaml"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(carts.resolve("manifests"), Path.of(".."));
        clone.push("dev", "carts/metadata.yaml", "servicename: carts\n");

        FolderContent folder = read(FolderLimits.DEFAULT);

        assertThat(folder.files()).containsOnlyKeys("metadata.yaml", "values.yaml");
    }

    @Test
    void g22RefusesAFolderThatIsTooDeep() {
        clone.push("dev", "carts/a/b/c/d.yaml", "a");

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> read(SMALL))
                .withMessage("the depth of the service's folder is above the limit of 3");
    }

    @Test
    void refusesAFolderOfTooManyFiles() {
        for (int i = 0; i < 3; i++) {
            clone.push("dev", "carts/" + i, "a");
        }

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> read(SMALL))
                .withMessage("the number of files in the service's folder is above the limit of 3");
    }

    @Test
    void refusesAFolderOfTooManyBytes() {
        clone.push("dev", "carts/large", "a".repeat(101));

        assertThatExceptionOfType(KeptnException.class)
                .isThrownBy(() -> read(SMALL))
                .withMessage("the service's folder is above the limit of 100");
    }

    private FolderContent read(FolderLimits limits) {
        CommitId commit = store.resolve(upstream, clone.head("dev")).orElseThrow();
        return new FolderReader(limits).read(store, upstream, commit, "carts");
    }
}
