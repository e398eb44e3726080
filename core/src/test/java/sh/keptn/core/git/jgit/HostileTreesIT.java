package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;

/** Trees that no honest client makes. */
class HostileTreesIT {
    @TempDir
    Path directory;

    private HttpBackendHost host;
    private JGitStore store;
    private Upstream upstream;

    @BeforeEach
    void startAll() throws IOException {
        host = new HttpBackendHost(directory.resolve("server"));
        Path mirrors = directory.resolve("mirrors");
        Files.createDirectories(mirrors.resolve("left-over.git/objects"));
        Files.writeString(mirrors.resolve("noz123.tmp"), "left by an earlier process");
        store = new JGitStore(
                mirrors, GitAuthor.KEPTN, GitLimits.DEFAULT, new AddressPolicy(true, true), Clock.systemUTC());
        upstream = host.upstream("hostile");
    }

    @AfterEach
    void stopAll() {
        store.close();
        host.close();
    }

    private interface TreeMaker {
        ObjectId make(ObjectInserter inserter) throws IOException;
    }

    private CommitId upstreamHolds(TreeMaker maker) throws IOException {
        try (FileRepository repository = new FileRepository(host.bare("hostile").toFile());
                ObjectInserter inserter = repository.newObjectInserter()) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(maker.make(inserter));
            commit.setAuthor(new PersonIdent("x", "x@example.org"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("hostile");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            RefUpdate update = repository.updateRef("refs/heads/main");
            update.setNewObjectId(id);
            update.update();
            return new CommitId(id.name());
        }
    }

    private List<String> walk(CommitId commit) {
        List<String> paths = new ArrayList<>();
        store.walk(upstream, commit, "", entry -> paths.add(entry.path()));
        return paths;
    }

    @Test
    void sweepsWhatAnEarlierProcessLeft() {
        assertThat(directory.resolve("mirrors")).isEmptyDirectory();
    }

    @Test
    void readsLinksAsTextAndFetchesNoSubmodules() throws IOException {
        CommitId commit = upstreamHolds(inserter -> {
            TreeFormatter tree = new TreeFormatter();
            tree.append("link", FileMode.SYMLINK, inserter.insert(Constants.OBJ_BLOB, Constants.encode("/etc/passwd")));
            tree.append("module", FileMode.GITLINK, ObjectId.fromString("1".repeat(40)));
            return inserter.insert(tree);
        });

        assertThat(store.read(upstream, commit, "link").orElseThrow().content().text())
                .isEqualTo("/etc/passwd");
        assertThat(store.read(upstream, commit, "module")).isEmpty();
        assertThat(store.children(upstream, commit, ""))
                .extracting(TreeEntry::kind)
                .containsExactly(TreeEntry.Kind.LINK, TreeEntry.Kind.SUBMODULE);
        assertThat(walk(commit)).containsExactly("link");
    }

    @Test
    void leavesOutNamesThatNoPathMayHold() throws IOException {
        CommitId commit = upstreamHolds(inserter -> {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, Constants.encode("x"));
            TreeFormatter inner = new TreeFormatter();
            inner.append("config", FileMode.REGULAR_FILE, blob);
            ObjectId folder = inserter.insert(inner);
            TreeFormatter tree = new TreeFormatter();
            tree.append("..", FileMode.TREE, folder);
            tree.append(".git", FileMode.TREE, folder);
            tree.append("good", FileMode.REGULAR_FILE, blob);
            return inserter.insert(tree);
        });

        assertThat(walk(commit)).containsExactly("good");
        assertThat(store.read(upstream, commit, ".git/config")).isEmpty();
        assertThat(store.read(upstream, commit, "../config")).isEmpty();
        CommitOutcome outcome = store.commit(
                upstream,
                new CommitRequest(
                        "main", List.of(new Change.Put("new", Content.ofText("y"))), new CommitMessage("on top")));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void endsItsWayDownSomewhere() throws IOException {
        CommitId commit = upstreamHolds(inserter -> {
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, Constants.encode("x"));
            TreeFormatter leaf = new TreeFormatter();
            leaf.append("file", FileMode.REGULAR_FILE, blob);
            ObjectId tree = inserter.insert(leaf);
            for (int i = 0; i < 4_000; i++) {
                TreeFormatter up = new TreeFormatter();
                up.append("d", FileMode.TREE, tree);
                tree = inserter.insert(up);
            }
            return tree;
        });

        assertThat(walk(commit)).isEmpty();
        assertThat(store.read(upstream, commit, "d/".repeat(3_999) + "d/file")).isEmpty();
    }
}
