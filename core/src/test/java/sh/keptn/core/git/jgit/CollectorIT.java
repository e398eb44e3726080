package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.CommitRequest.WhenAbsent;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;

/** Collecting garbage beside everything else. The collector here finds each few objects worth its while. */
class CollectorIT {
    private static final int WRITERS = 8;
    private static final int READERS = 8;
    private static final int WRITES_EACH = 40;

    @TempDir
    Path directory;

    private volatile Duration later = Duration.ZERO;
    private LocalHost host;
    private JGitStore store;
    private Upstream upstream;

    @BeforeEach
    void startAll() {
        host = new LocalHost(directory.resolve("server"));
        InstantSource time = () -> Instant.now().plus(later);
        Clock clock = time.withZone(java.time.ZoneOffset.UTC);
        store = new JGitStore(
                directory.resolve("mirrors"),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(true, true),
                clock,
                new Collector(clock, 10, 3));
        upstream = host.upstream("sockshop");
        write("root", "root", WhenAbsent.CREATE);
    }

    @AfterEach
    void stopAll() {
        store.close();
        host.close();
    }

    private CommitId write(String path, String text) {
        return write(path, text, WhenAbsent.REFUSE);
    }

    private CommitId write(String path, String text, WhenAbsent whenAbsent) {
        CommitOutcome outcome = store.commit(
                upstream,
                new CommitRequest(
                        "main",
                        List.of(new Change.Put(path, Content.ofText(text))),
                        new CommitMessage("Updated resource"),
                        whenAbsent));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).commit();
    }

    private String read(CommitId commit, String path) {
        return store.read(upstream, commit, path)
                .map(FileContent::content)
                .map(Content::text)
                .orElse("");
    }

    /** The one mirror; a second would show that the first was thought damaged. */
    private Path mirror() {
        try (var entries = Files.list(directory.resolve("mirrors"))) {
            List<Path> mirrors =
                    entries.filter(path -> path.toString().endsWith(".git")).toList();
            assertThat(mirrors).hasSize(1);
            assertThat(mirrors.getFirst()).hasFileName("sockshop-1.git");
            return mirrors.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long files(String pattern) {
        try (var files = Files.walk(mirror().resolve("objects"))) {
            return files.filter(path -> mirror().resolve("objects")
                            .relativize(path)
                            .toString()
                            .matches(pattern))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long looseObjects() {
        return files("[0-9a-f]{2}/[0-9a-f]{38}");
    }

    private long packs() {
        return files("pack/pack-.*\\.pack");
    }

    @Test
    void losesNothingBesideReadersAndWriters() throws Exception {
        Map<CommitId, String> acknowledged = new HashMap<>();
        AtomicBoolean written = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<CommitId, String>>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String folder = "service-" + i;
                writers.add(threads.submit(() -> write(folder, WRITES_EACH)));
            }
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> readUntil(written)));
            }
            Future<Integer> collections = threads.submit(() -> collectUntil(written));
            try {
                for (Future<Map<CommitId, String>> writer : writers) {
                    acknowledged.putAll(writer.get());
                }
            } finally {
                written.set(true);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            assertThat(collections.get()).isGreaterThan(1);
        }

        assertThat(acknowledged).hasSize(WRITERS * WRITES_EACH);
        Git clone = Git.clone(host.bare("sockshop"), directory.resolve("clone"));
        assertThat(clone.run("rev-list", "origin/main").lines())
                .hasSize(1 + acknowledged.size())
                .containsAll(acknowledged.keySet().stream().map(CommitId::value).toList());
        new Git(host.bare("sockshop")).fsck();
        new Git(mirror()).fsck();
        acknowledged.forEach((commit, path) -> assertThat(read(commit, path)).isEqualTo(path));
    }

    private Map<CommitId, String> write(String folder, int count) {
        Map<CommitId, String> written = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String path = folder + "/helm/file-" + i;
            written.put(write(path, path), path);
        }
        return written;
    }

    private int readUntil(AtomicBoolean written) {
        int reads = 0;
        do {
            CommitId head = store.heads(upstream).of("main").orElseThrow();
            assertThat(read(head, "root")).isEqualTo("root");
            assertThat(store.log(upstream, head, 20)).isNotEmpty();
            List<TreeEntry> entries = new ArrayList<>();
            store.walk(upstream, head, "", entries::add);
            String last = entries.getLast().path();
            assertThat(read(head, last)).isEqualTo(last);
            reads++;
            LockSupport.parkNanos(2_000_000);
        } while (!written.get());
        return reads;
    }

    private int collectUntil(AtomicBoolean written) {
        int collections = 0;
        do {
            store.collectGarbage();
            collections++;
            LockSupport.parkNanos(20_000_000);
        } while (!written.get());
        return collections;
    }

    @Test
    void packsWhatLiesAboutAndRepeatsWithoutHarm() {
        Map<CommitId, String> written = write("carts", 10);
        long before = looseObjects();

        for (int i = 0; i < 3; i++) {
            store.collectGarbage();
        }

        assertThat(before).isGreaterThan(10);
        assertThat(looseObjects()).isZero();
        assertThat(packs()).isEqualTo(1);
        written.forEach((commit, path) -> assertThat(read(commit, path)).isEqualTo(path));
        assertThat(read(write("next", "next"), "next")).isEqualTo("next");
    }

    @Test
    void replacesOldPacksByOne() {
        for (int i = 0; i < 4; i++) {
            write("round-" + i, 4);
            store.collectGarbage();
        }
        long before = packs();
        later = Duration.ofHours(2);

        store.collectGarbage();

        assertThat(before).isGreaterThan(1);
        assertThat(packs()).isEqualTo(1);
        assertThat(read(store.heads(upstream).of("main").orElseThrow(), "round-0/helm/file-0"))
                .isEqualTo("round-0/helm/file-0");
    }

    @Test
    void dropsWhatNothingRefersToOnlyWhenItIsOld() {
        CommitId lost = write("carts", 4).keySet().iterator().next();
        Git bare = new Git(host.bare("sockshop"));
        bare.run("update-ref", "refs/heads/main", bare.run("rev-list", "--max-parents=0", "main"));
        CommitId kept = write("other", "other");

        store.collectGarbage();
        Optional<CommitId> young = store.resolve(upstream, lost.value());
        later = Duration.ofHours(2);
        store.collectGarbage();

        assertThat(young).contains(lost);
        assertThat(looseObjects()).isZero();
        assertThat(read(kept, "other")).isEqualTo("other");
        assertThat(read(kept, "root")).isEqualTo("root");
    }

    @Test
    void isHarmlessWhenInterrupted() throws Exception {
        Map<CommitId, String> written = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            written.putAll(write("round-" + i, 4));
            Thread collection = Thread.ofPlatform().start(store::collectGarbage);
            LockSupport.parkNanos(i * 4_000_000L);
            collection.interrupt();
            collection.join();
            assertThat(read(store.heads(upstream).of("main").orElseThrow(), "root"))
                    .isEqualTo("root");
        }

        store.collectGarbage();

        assertThat(files("pack/\\.tmp.*|pack/gc_.*")).isZero();
        written.forEach((commit, path) -> assertThat(read(commit, path)).isEqualTo(path));
        new Git(mirror()).fsck();
        new Git(host.bare("sockshop")).fsck();
    }
}
