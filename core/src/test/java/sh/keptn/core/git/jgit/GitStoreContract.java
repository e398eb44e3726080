package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.BranchOutcome;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.CommitRequest.WhenAbsent;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.LoggedCommit;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.TreeEntry.Kind;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;

/** What every way to an upstream must keep. Each kind of server runs all of it. */
abstract class GitStoreContract {
    @TempDir
    Path directory;

    private GitHost host;
    private GitStore store;
    private Upstream upstream;

    abstract GitHost start(Path serverDirectory);

    @BeforeEach
    void startServerAndStore() {
        host = start(directory.resolve("server"));
        store = newStore("mirrors");
        upstream = host.upstream("sockshop");
    }

    @AfterEach
    void stopServerAndStore() {
        store.close();
        host.close();
    }

    private GitStore newStore(String name) {
        return new JGitStore(
                directory.resolve(name),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                Clock.systemUTC());
    }

    private CommitId initialise() {
        return put("main", "metadata.yaml", "projectName: sockshop\n", WhenAbsent.CREATE);
    }

    private CommitId put(String branch, String path, String text) {
        return put(branch, path, text, WhenAbsent.REFUSE);
    }

    private CommitId put(String branch, String path, String text, WhenAbsent whenAbsent) {
        CommitOutcome outcome = store.commit(upstream, request(branch, path, text, whenAbsent));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).commit();
    }

    private static CommitRequest request(String branch, String path, String text, WhenAbsent whenAbsent) {
        return new CommitRequest(
                branch,
                List.of(new Change.Put(path, Content.ofText(text))),
                new CommitMessage("Updated resource"),
                whenAbsent);
    }

    private CommitOutcome change(String branch, Change... changes) {
        return store.commit(
                upstream, new CommitRequest(branch, List.of(changes), new CommitMessage("Updated resource")));
    }

    private String text(CommitId commit, String path) {
        return store.read(upstream, commit, path).orElseThrow().content().text();
    }

    private Git bare() {
        return new Git(host.bare("sockshop"));
    }

    private Git somebody() {
        return Git.clone(host.bare("sockshop"), directory.resolve("somebody"));
    }

    @Test
    void showsAnEmptyUpstreamAsEmpty() {
        assertThat(store.heads(upstream).isEmpty()).isTrue();
        assertThat(store.lastKnownHeads(upstream)).isPresent();
    }

    @Test
    void initialisesAnEmptyUpstream() {
        CommitId root = initialise();

        assertThat(bare().run("rev-parse", "main")).isEqualTo(root.value());
        assertThat(bare().run("show", "main:metadata.yaml")).isEqualTo("projectName: sockshop");
        assertThat(store.heads(upstream).of("main")).contains(root);
    }

    @Test
    void answersAWriteOnlyWhenTheUpstreamHoldsIt() {
        initialise();

        CommitId commit = put("main", "carts/helm/values.yaml", "replicas: 2\n");

        assertThat(bare().run("rev-parse", "main")).isEqualTo(commit.value());
        assertThat(bare().run("show", commit + ":carts/helm/values.yaml")).isEqualTo("replicas: 2");
        assertThat(bare().run("log", "-1", "--format=%an <%ae> %cn %s", commit.value()))
                .isEqualTo("keptn <keptn@keptn.sh> keptn Updated resource");
        bare().fsck();
    }

    @Test
    void putsEachWriteIntoItsOwnCommitOnTheOneBefore() {
        CommitId first = initialise();
        CommitId second = put("main", "a", "1");
        CommitId third = put("main", "b", "2");

        List<LoggedCommit> log = store.log(upstream, third, 10);

        assertThat(log).extracting(LoggedCommit::id).containsExactly(third, second, first);
    }

    @Test
    void makesNoCommitForContentThatIsThereAlready() {
        initialise();
        CommitId commit = put("main", "a", "1");

        CommitOutcome again = change("main", new Change.Put("a", Content.ofText("1")));

        assertThat(again).isEqualTo(new CommitOutcome.Unchanged(commit));
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void judgesUnchangedByWhatTheUpstreamHoldsNow() {
        initialise();
        put("main", "a", "1");
        Git somebody = somebody();
        somebody.commit("a", "2", "theirs");
        somebody.run("push", "-q", "origin", "main");

        CommitOutcome outcome = change("main", new Change.Put("a", Content.ofText("1")));

        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().run("show", "main:a")).isEqualTo("1");
    }

    @Test
    void deletesFilesAndFoldersAndSaysWhatIsAbsent() {
        initialise();
        put("main", "carts/a", "1");
        put("main", "carts/b/c", "2");

        assertThat(change("main", new Change.Delete("carts/x"))).isEqualTo(new CommitOutcome.Absent("carts/x"));
        assertThat(change("main", new Change.Delete("carts/b"))).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().run("ls-tree", "-r", "--name-only", "main")).isEqualTo("carts/a\nmetadata.yaml");
        assertThat(change("main", new Change.Delete("carts/a"))).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().run("ls-tree", "--name-only", "main")).isEqualTo("metadata.yaml");
        assertThat(change("main", new Change.Clear("carts"))).isInstanceOf(CommitOutcome.Unchanged.class);
        bare().fsck();
    }

    @Test
    void replacesAFolderWithinOneCommit() {
        initialise();
        change(
                "main",
                new Change.Put("helm/carts/Chart.yaml", Content.ofText("a")),
                new Change.Put("helm/carts/old.yaml", Content.ofText("b")));

        change(
                "main",
                new Change.Clear("helm/carts"),
                new Change.Put("helm/carts/Chart.yaml", Content.ofText("a")),
                new Change.Put("helm/carts/new.yaml", Content.ofText("c")));

        assertThat(bare().run("ls-tree", "-r", "--name-only", "main"))
                .isEqualTo("helm/carts/Chart.yaml\nhelm/carts/new.yaml\nmetadata.yaml");
        bare().fsck();
    }

    @Test
    void changesAFolderOfVeryManyFilesAtItsBeginningItsEndAndInBetween() throws Exception {
        initialise();
        Git somebody = somebody();
        for (int i = 1_000; i < 4_000; i++) {
            Path file = directory.resolve("somebody/many/" + i + ".yaml");
            java.nio.file.Files.createDirectories(file.getParent());
            java.nio.file.Files.writeString(file, "v" + i);
        }
        somebody.run("add", ".");
        somebody.run("commit", "-q", "-m", "many");
        somebody.run("push", "-q", "origin", "main");

        together(12, i -> () -> put("main", "many/" + (i % 3 == 0 ? i : i * 999) + ".yaml", "new " + i));
        change("main", new Change.Delete("many/0.yaml"), new Change.Put("many/zzz", Content.ofText("last")));

        assertThat(bare().run("ls-tree", "--name-only", "main:many").lines())
                .contains("999.yaml", "1000.yaml", "3999.yaml", "zzz")
                .doesNotContain("0.yaml");
        bare().fsck();
    }

    @Test
    void refusesAFileWhereAFolderIsAndTheOtherWayRound() {
        initialise();
        put("main", "a/b", "1");

        assertThat(errorOf(() -> change("main", new Change.Put("a", Content.ofText("x")))))
                .isInstanceOf(KeptnError.Conflict.class);
        assertThat(errorOf(() -> change("main", new Change.Put("a/b/c", Content.ofText("x")))))
                .isInstanceOf(KeptnError.Conflict.class);
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void refusesAFileAboveTheLimit() {
        initialise();
        byte[] large = new byte[(5 << 20) + 1];

        assertThat(errorOf(() -> change("main", new Change.Put("large", Content.of(large)))))
                .isInstanceOf(KeptnError.TooLarge.class);
    }

    @Test
    void storesAFileJustBelowTheLimitExactly() {
        initialise();
        byte[] large = new byte[5 << 20];
        new java.util.Random(7).nextBytes(large);

        change("main", new Change.Put("large", Content.of(large)));

        CommitId head = store.heads(upstream).of("main").orElseThrow();
        assertThat(store.read(upstream, head, "large").orElseThrow().content().bytes())
                .isEqualTo(large);
    }

    @Test
    void refusesToMakeABranchThatIsNotThere() {
        initialise();

        assertThat(errorOf(() -> put("dev", "a", "1"))).isEqualTo(new KeptnError.NotFound("branch", "dev"));
        assertThat(store.heads(upstream).of("dev")).isEmpty();
    }

    @Test
    void makesABranchWithAnEmptyCommitOfItsOwn() {
        CommitId root = initialise();

        BranchOutcome outcome =
                store.createBranch(upstream, "dev", root, Optional.of(new CommitMessage("created stage")));

        assertThat(outcome).isInstanceOf(BranchOutcome.Created.class);
        assertThat(bare().run("rev-parse", "dev")).isEqualTo(outcome.head().value());
        assertThat(bare().run("log", "-1", "--format=%P %s", "dev")).isEqualTo(root + " created stage");
        assertThat(store.createBranch(upstream, "dev", root, Optional.empty()))
                .isEqualTo(new BranchOutcome.Existed(outcome.head()));
    }

    @Test
    void keepsBranchesApart() {
        CommitId root = initialise();
        store.createBranch(upstream, "dev", root, Optional.empty());

        CommitId onDev = put("dev", "a", "dev");

        assertThat(store.heads(upstream).of("main")).contains(root);
        assertThat(store.heads(upstream).of("dev")).contains(onDev);
    }

    @Test
    void seesWhatOthersPush() {
        initialise();
        Git somebody = somebody();
        String theirs = somebody.commit("carts/deploy.yaml", "x", "theirs");
        somebody.run("push", "-q", "origin", "main");

        CommitId head = store.heads(upstream).of("main").orElseThrow();

        assertThat(head.value()).isEqualTo(theirs);
        assertThat(text(head, "carts/deploy.yaml")).isEqualTo("x");
    }

    @Test
    void writesOnTopOfWhatOthersPushed() {
        initialise();
        Git somebody = somebody();
        String theirs = somebody.commit("theirs", "x", "theirs");
        somebody.run("push", "-q", "origin", "main");

        CommitId ours = put("main", "ours", "y");

        assertThat(bare().run("rev-parse", ours + "^")).isEqualTo(theirs);
        assertThat(bare().run("ls-tree", "--name-only", "main")).isEqualTo("metadata.yaml\nours\ntheirs");
    }

    @Test
    void followsARewrittenBranch() {
        initialise();
        CommitId lost = put("main", "a", "1");
        Git somebody = somebody();
        somebody.run("reset", "-q", "--hard", "HEAD~1");
        String rewritten = somebody.commit("b", "2", "another history");
        somebody.run("push", "-q", "--force", "origin", "main");

        assertThat(store.heads(upstream).of("main").orElseThrow().value()).isEqualTo(rewritten);
        CommitId next = put("main", "c", "3");

        assertThat(bare().run("rev-parse", next + "^")).isEqualTo(rewritten);
        assertThat(text(lost, "a")).isEqualTo("1");
    }

    @Test
    void neverMakesADeletedBranchAgain() {
        CommitId root = initialise();
        store.createBranch(upstream, "dev", root, Optional.empty());
        put("dev", "a", "1");
        bare().run("update-ref", "-d", "refs/heads/dev");

        assertThat(errorOf(() -> put("dev", "b", "2"))).isEqualTo(new KeptnError.NotFound("branch", "dev"));
        assertThat(store.heads(upstream).of("dev")).isEmpty();
    }

    @Test
    void followsABranchThatGivesWayToAFolderOfBranches() {
        CommitId root = initialise();
        bare().run("update-ref", "refs/heads/a", root.value());
        text(store.heads(upstream).of("a").orElseThrow(), "metadata.yaml");
        bare().run("update-ref", "-d", "refs/heads/a");
        bare().run("update-ref", "refs/heads/a/b", root.value());

        CommitId commit = put("a/b", "x", "1");

        assertThat(store.heads(upstream).branches()).containsOnly(Map.entry("main", root), Map.entry("a/b", commit));
    }

    @Test
    void readsFilesFoldersAndWhatIsNeither() {
        initialise();
        put("main", "carts/helm/values.yaml", "v");
        CommitId head = put("main", "carts/metadata.yaml", "servicename: carts\n");

        assertThat(store.children(upstream, head, "carts"))
                .extracting(TreeEntry::path, TreeEntry::kind)
                .containsExactly(tuple("carts/helm", Kind.FOLDER), tuple("carts/metadata.yaml", Kind.FILE));
        assertThat(store.read(upstream, head, "carts")).isEmpty();
        assertThat(store.read(upstream, head, "nothing/here")).isEmpty();
        assertThat(store.read(upstream, head, "../carts")).isEmpty();
        assertThat(store.entry(upstream, head, "").orElseThrow().kind()).isEqualTo(Kind.FOLDER);
        assertThat(store.children(upstream, head, "nothing")).isEmpty();
        assertThat(walk(head, "")).containsExactly("carts/helm/values.yaml", "carts/metadata.yaml", "metadata.yaml");
        assertThat(walk(head, "carts/helm")).containsExactly("carts/helm/values.yaml");
    }

    @Test
    void tellsTheTreeIdOfEachFolderInOneCall() {
        initialise();
        put("main", "carts/helm/values.yaml", "v");
        CommitId head = put("main", "orders/metadata.yaml", "servicename: orders\n");

        Map<String, String> trees = trees(head, "");

        assertThat(trees)
                .containsExactly(
                        Map.entry("carts", bare().run("rev-parse", head + ":carts")),
                        Map.entry("orders", bare().run("rev-parse", head + ":orders")));
        assertThat(trees(head, "carts"))
                .containsExactly(Map.entry("helm", bare().run("rev-parse", head + ":carts/helm")));
        assertThat(trees(head, "metadata.yaml")).isEmpty();
    }

    @Test
    void changesTheTreeIdOfAFolderExactlyWhenSomethingBelowItChanges() {
        initialise();
        put("main", "orders/metadata.yaml", "servicename: orders\n");
        CommitId first = put("main", "carts/helm/values.yaml", "replicas: 1\n");
        CommitId second = put("main", "carts/helm/values.yaml", "replicas: 2\n");
        CommitId third = put("main", "carts/helm/values.yaml", "replicas: 1\n");

        Map<String, String> before = trees(first, "");
        Map<String, String> changed = trees(second, "");

        assertThat(changed).containsEntry("orders", before.get("orders"));
        assertThat(changed.get("carts")).isNotEqualTo(before.get("carts"));
        assertThat(trees(third, "")).isEqualTo(before);
    }

    private Map<String, String> trees(CommitId commit, String folder) {
        Map<String, String> trees = new LinkedHashMap<>();
        for (TreeEntry entry : store.children(upstream, commit, folder)) {
            if (entry.kind() == Kind.FOLDER) {
                trees.put(entry.name(), entry.id());
            }
        }
        return trees;
    }

    private List<String> walk(CommitId commit, String folder) {
        List<String> paths = new ArrayList<>();
        store.walk(upstream, commit, folder, entry -> paths.add(entry.path()));
        return paths;
    }

    @Test
    void resolvesFullAndShortIdsAndBranchesAndNothingElse() {
        CommitId root = initialise();
        Git somebody = somebody();
        String theirs = somebody.commit("a", "1", "theirs");
        somebody.run("push", "-q", "origin", "main");
        String blob = bare().run("rev-parse", "main:metadata.yaml");

        assertThat(store.resolve(upstream, theirs)).map(CommitId::value).contains(theirs);
        assertThat(store.resolve(upstream, theirs.substring(0, 8)))
                .map(CommitId::value)
                .contains(theirs);
        assertThat(store.resolve(upstream, root.value().substring(0, 7))).contains(root);
        assertThat(store.resolve(upstream, "main")).map(CommitId::value).contains(theirs);
        for (String nothing : List.of(
                "0123456789012345678901234567890123456789",
                "deadbeef",
                "HEAD~1",
                "refs/heads/main",
                "--help",
                "",
                blob,
                root + "0")) {
            assertThat(store.resolve(upstream, nothing)).as(nothing).isEmpty();
        }
    }

    @Test
    void neverShowsACommitOfAnotherProject() {
        initialise();
        Upstream other = host.upstream("another");

        assertThat(store.resolve(
                        other, store.heads(upstream).of("main").orElseThrow().value()))
                .isEmpty();
    }

    @Test
    void sixteenWritersOnOneBranchGetSixteenCommits() throws Exception {
        initialise();

        List<CommitId> commits = together(16, i -> () -> put("main", "file-" + i, "v" + i));

        assertThat(commits).doesNotHaveDuplicates();
        assertThat(bare().countCommits("main")).isEqualTo(17);
        List<String> upstreamIds = bare().run("rev-list", "main").lines().toList();
        assertThat(upstreamIds)
                .containsAll(commits.stream().map(CommitId::value).toList());
        for (int i = 0; i < commits.size(); i++) {
            assertThat(bare().run("show", commits.get(i) + ":file-" + i)).isEqualTo("v" + i);
        }
        bare().fsck();
    }

    @Test
    void oneBadWriteOfManyFailsAlone() throws Exception {
        initialise();
        put("main", "file", "1");

        List<String> answers = together(12, i -> () -> {
            try {
                return put("main", i % 4 == 0 ? "file/below-" + i : "good-" + i, "v")
                        .value();
            } catch (KeptnException e) {
                return e.error().getClass().getSimpleName();
            }
        });

        assertThat(answers).filteredOn("Conflict"::equals).hasSize(3);
        assertThat(bare().countCommits("main")).isEqualTo(2 + 9);
    }

    /** How many writes race against the other pusher. */
    int writesInTheRace() {
        return 25;
    }

    @Test
    void losesNoAcknowledgedWriteToAnotherPusher() throws Exception {
        initialise();
        List<String> acknowledged = new ArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        try (GitStore other = newStore("other-mirrors");
                ExecutorService pusher = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<String>> theirs = pusher.submit(() -> {
                List<String> pushed = new ArrayList<>();
                for (int i = 0; !stop.get(); i++) {
                    acknowledge(other, request("main", "theirs", "n" + i, WhenAbsent.REFUSE), pushed);
                    LockSupport.parkNanos(50_000_000);
                }
                return pushed;
            });
            for (int i = 0; i < writesInTheRace(); i++) {
                acknowledge(store, request("main", "ours-" + i, "v" + i, WhenAbsent.REFUSE), acknowledged);
            }
            stop.set(true);
            assertThat(theirs.get()).isNotEmpty();
            acknowledged.addAll(theirs.get());
        }
        List<String> upstreamIds = bare().run("rev-list", "main").lines().toList();
        assertThat(upstreamIds).containsAll(acknowledged).hasSize(1 + acknowledged.size());
        bare().fsck();
    }

    /** A write may lose the race for good, if it says so and nothing of it is stored. */
    private void acknowledge(GitStore through, CommitRequest request, List<String> acknowledged) {
        try {
            if (through.commit(upstream, request) instanceof CommitOutcome.Committed(CommitId commit)) {
                acknowledged.add(commit.value());
            }
        } catch (KeptnException e) {
            assertThat(e.error())
                    .isInstanceOfSatisfying(
                            KeptnError.Upstream.class,
                            error -> assertThat(error.fault()).isEqualTo(UpstreamFault.DIVERGED));
        }
    }

    @Test
    void copiesAHistoryToAnEmptyUpstreamAndRefusesAStrangeOne() {
        CommitId root = initialise();
        store.createBranch(upstream, "dev", root, Optional.empty());
        put("dev", "a", "1");
        Upstream empty = new Upstream(
                upstream.project(),
                host.upstream("empty").url(),
                host.upstream("empty").access(),
                Optional.empty(),
                upstream.timeout());

        store.copyHistory(upstream, empty);

        assertThat(store.heads(empty).branches())
                .isEqualTo(store.heads(upstream).branches());
        Upstream strange = host.upstream("strange");
        store.commit(strange, request("main", "x", "y", WhenAbsent.CREATE));
        assertThat(errorOf(() -> store.copyHistory(upstream, strange))).isInstanceOf(KeptnError.Conflict.class);
    }

    @Test
    void readsAKnownCommitAfterItsMirrorWasDamaged() throws Exception {
        CommitId head = initialise();
        put("main", "a", "1");
        try (var files = java.nio.file.Files.walk(directory.resolve("mirrors"))) {
            for (Path file : files.filter(java.nio.file.Files::isRegularFile)
                    .filter(path -> path.toString().contains("/objects/"))
                    .toList()) {
                java.nio.file.Files.delete(file);
            }
        }

        assertThat(store.read(upstream, head, "metadata.yaml").map(FileContent::content))
                .contains(Content.ofText("projectName: sockshop\n"));
        assertThat(put("main", "b", "2")).isNotNull();
        bare().fsck();
    }

    @Test
    void refusesPathsThatAreNone() {
        initialise();

        for (String path : List.of("../x", "a//b", "/a", ".git/config", "a/.GIT/x", "", "a/./b")) {
            assertThat(errorOf(() -> put("main", path, "x"))).as(path).isInstanceOf(KeptnError.Invalid.class);
        }
        assertThat(bare().countCommits("main")).isEqualTo(1);
    }

    private static KeptnError errorOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var caught = catchThrowableOfType(KeptnException.class, call);
        assertThat(caught).as("a refusal").isNotNull();
        return caught.error();
    }

    private static <T> List<T> together(int count, java.util.function.IntFunction<Callable<T>> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> tasks =
                    java.util.stream.IntStream.range(0, count).mapToObj(task).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
