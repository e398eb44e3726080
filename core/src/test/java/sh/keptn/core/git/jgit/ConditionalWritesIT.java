package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.CommitRequest.WhenAbsent;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.IdempotencyKey;
import sh.keptn.core.git.Precondition;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;

/** Writes that are made on a condition, and writes that are made once however often they are sent. */
class ConditionalWritesIT {
    @TempDir
    Path directory;

    private LocalHost host;
    private GitStore store;
    private GitStore replica;
    private Upstream upstream;

    @BeforeEach
    void startAServerAndTwoStores() {
        host = new LocalHost(directory.resolve("server"));
        store = newStore("one");
        replica = newStore("two");
        upstream = host.upstream("sockshop");
        CommitId made = commit(store, write("file", "first", WhenAbsent.CREATE, List.of(), Optional.empty()));
        assertThat(made).isNotNull();
    }

    @AfterEach
    void stop() {
        store.close();
        replica.close();
        host.close();
    }

    @Test
    void r25WritesNothingOnAVersionThatIsPassed() {
        String stale = blob("file");
        commit(replica, write("file", "second", List.of(), Optional.empty()));

        KeptnError error = errorOf(write("file", "third", List.of(oneOf("file", stale)), Optional.empty()));

        assertThat(error).isInstanceOf(KeptnError.PreconditionFailed.class);
        assertThat(bare().run("show", "main:file")).isEqualTo("second");
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void judgesByWhatTheUpstreamHoldsAndNotByWhatTheMirrorRemembers() {
        commit(replica, write("file", "second", List.of(), Optional.empty()));
        String present = bare().run("rev-parse", "main:file").strip();

        CommitId third = commit(store, write("file", "third", List.of(oneOf("file", present)), Optional.empty()));

        assertThat(bare().run("rev-parse", "main").strip()).isEqualTo(third.value());
    }

    @Test
    void r25LetsExactlyOneOfManyWritersWithTheSameVersionWin() throws Exception {
        String version = blob("file");

        List<String> answers = together(16, i -> () -> {
            GitStore through = i % 2 == 0 ? store : replica;
            try {
                return commit(through, write("file", "by " + i, List.of(oneOf("file", version)), Optional.empty()))
                        .value();
            } catch (KeptnException e) {
                return e.error().getClass().getSimpleName();
            }
        });

        assertThat(answers).filteredOn("PreconditionFailed"::equals).hasSize(15);
        assertThat(bare().countCommits("main")).isEqualTo(2);
        assertThat(answers).contains(bare().run("rev-parse", "main").strip());
    }

    @Test
    void createsOnlyWhatIsNotThere() {
        Precondition absent = new Precondition.Absent(List.of("file"));
        Precondition elsewhere = new Precondition.Absent(List.of("other"));

        assertThat(errorOf(write("file", "x", List.of(absent), Optional.empty())))
                .isInstanceOf(KeptnError.PreconditionFailed.class);
        assertThat(commit(store, write("other", "x", List.of(elsewhere), Optional.empty())))
                .isNotNull();
    }

    @Test
    void changesOnlyWhatIsThere() {
        Precondition present = new Precondition.Present(List.of("missing", "file"));
        Precondition missing = new Precondition.Present(List.of("missing"));

        assertThat(errorOf(write("missing", "x", List.of(missing), Optional.empty())))
                .isInstanceOf(KeptnError.PreconditionFailed.class);
        assertThat(commit(store, write("file", "x", List.of(present), Optional.empty())))
                .isNotNull();
    }

    @Test
    void answersTheSameCommitToTheSameKeyThoughTheFileHasChangedSince() {
        CommitId first = commit(store, keyed("file", "mine", "key-1"));
        commit(store, write("file", "somebody else's", List.of(), Optional.empty()));

        CommitId again = commit(store, keyed("file", "mine", "key-1"));

        assertThat(again).isEqualTo(first);
        assertThat(bare().run("show", "main:file")).isEqualTo("somebody else's");
    }

    @Test
    void findsTheCommitAgainOnAnotherReplicaAndAfterARestart() {
        CommitId first = commit(store, keyed("file", "mine", "key-1"));

        CommitId there = commit(replica, keyed("file", "mine", "key-1"));
        try (GitStore restarted = newStore("three")) {
            assertThat(commit(restarted, keyed("file", "mine", "key-1"))).isEqualTo(first);
        }

        assertThat(there).isEqualTo(first);
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void refusesAKeyThatStandsOnAnotherContent() {
        commit(store, keyed("file", "mine", "key-1"));

        KeptnError error = errorOf(keyed("file", "another", "key-1"));

        assertThat(error).isInstanceOf(KeptnError.Denied.class);
        assertThat(bare().run("show", "main:file")).isEqualTo("mine");
    }

    @Test
    void storesOnceWhatComesOftenAtOneTimeThroughTwoReplicas() throws Exception {
        List<CommitId> answers =
                together(16, i -> () -> commit(i % 2 == 0 ? store : replica, keyed("file", "mine", "key-1")));

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void knowsADeletionAgain() {
        CommitRequest deletion = new CommitRequest(
                "main",
                List.of(new Change.Delete("file")),
                new CommitMessage("Deleted resources"),
                WhenAbsent.REFUSE,
                List.of(oneOf("file", blob("file"))),
                Optional.of(IdempotencyKey.of("key-1")));

        CommitId first = commit(store, deletion);

        assertThat(commit(replica, deletion)).isEqualTo(first);
    }

    @Test
    void doesNotTakeItsOwnLostWriteForSomebodyElses() {
        String version = blob("file");
        try (FaultProxy proxy = new FaultProxy(host.port())) {
            proxy.next(FaultProxy.Request::isPush, new FaultProxy.Fault.CutAfter());

            CommitOutcome outcome = store.commit(
                    through(proxy), write("file", "second", List.of(oneOf("file", version)), Optional.empty()));

            assertThat(outcome)
                    .isEqualTo(new CommitOutcome.Committed(
                            new CommitId(bare().run("rev-parse", "main").strip())));
            assertThat(bare().countCommits("main")).isEqualTo(2);
        }
    }

    @Test
    void findsAWriteAgainOfWhichItsServerNeverHeard() {
        try (FaultProxy proxy = new FaultProxy(host.port())) {
            proxy.next(FaultProxy.Request::isPush, new FaultProxy.Fault.CutAfter());
            CommitOutcome first = store.commit(through(proxy), keyed("file", "mine", "key-1"));

            CommitId again = commit(replica, keyed("file", "mine", "key-1"));

            assertThat(first).isEqualTo(new CommitOutcome.Committed(again));
            assertThat(bare().countCommits("main")).isEqualTo(2);
        }
    }

    private Upstream through(FaultProxy proxy) {
        return new Upstream(
                upstream.project(),
                new GitUrl(upstream.url().value().replace(":" + host.port(), ":" + proxy.port())),
                upstream.access(),
                upstream.branch(),
                upstream.timeout());
    }

    private GitStore newStore(String name) {
        return new JGitStore(
                directory.resolve(name),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                Clock.systemUTC());
    }

    private Git bare() {
        return new Git(host.bare("sockshop"));
    }

    private String blob(String path) {
        CommitId head = store.heads(upstream).of("main").orElseThrow();
        return store.entry(upstream, head, path).orElseThrow().id();
    }

    private static Precondition oneOf(String path, String id) {
        return new Precondition.OneOf(List.of(path), Set.of(id));
    }

    private static CommitRequest keyed(String path, String text, String key) {
        return write(path, text, List.of(), Optional.of(IdempotencyKey.of(key)));
    }

    private static CommitRequest write(
            String path, String text, List<Precondition> preconditions, Optional<IdempotencyKey> key) {
        return write(path, text, WhenAbsent.REFUSE, preconditions, key);
    }

    private static CommitRequest write(
            String path,
            String text,
            WhenAbsent whenAbsent,
            List<Precondition> preconditions,
            Optional<IdempotencyKey> key) {
        return new CommitRequest(
                "main",
                List.of(new Change.Put(path, Content.ofText(text))),
                new CommitMessage("Updated resource"),
                whenAbsent,
                preconditions,
                key);
    }

    private CommitId commit(GitStore through, CommitRequest request) {
        return switch (through.commit(upstream, request)) {
            case CommitOutcome.Committed(CommitId commit) -> commit;
            case CommitOutcome.Unchanged(CommitId head) -> head;
            case CommitOutcome.Absent(String path) -> throw new IllegalStateException(path);
        };
    }

    private KeptnError errorOf(CommitRequest request) {
        KeptnException caught = catchThrowableOfType(
                KeptnException.class,
                () -> assertThat(store.commit(upstream, request)).isNull());
        assertThat(caught).as("a refusal").isNotNull();
        return caught.error();
    }

    private static <T> List<T> together(int count, IntFunction<Callable<T>> task) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future :
                    threads.invokeAll(IntStream.range(0, count).mapToObj(task).toList())) {
                results.add(future.get());
            }
            return results;
        }
    }
}
