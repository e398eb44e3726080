package sh.keptn.operator.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.BranchOutcome;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.LoggedCommit;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;

/** Measures each operation that may ask the upstream: how long it took and how it ended, not for whom. */
public final class TimedGitStore implements GitStore {
    private static final String NAME = "keptn.git.operation";

    private final GitStore store;
    private final MeterRegistry registry;

    public TimedGitStore(GitStore store, MeterRegistry registry) {
        this.store = store;
        this.registry = registry;
    }

    @Override
    public Heads heads(Upstream upstream) {
        return timed("heads", () -> store.heads(upstream));
    }

    @Override
    public Optional<Heads> lastKnownHeads(Upstream upstream) {
        return store.lastKnownHeads(upstream);
    }

    @Override
    public Optional<CommitId> resolve(Upstream upstream, String revision) {
        return timed("resolve", () -> store.resolve(upstream, revision));
    }

    @Override
    public Optional<FileContent> read(Upstream upstream, CommitId commit, String path) {
        return timed("read", () -> store.read(upstream, commit, path));
    }

    @Override
    public Optional<TreeEntry> entry(Upstream upstream, CommitId commit, String path) {
        return timed("entry", () -> store.entry(upstream, commit, path));
    }

    @Override
    public List<TreeEntry> children(Upstream upstream, CommitId commit, String folder) {
        return timed("children", () -> store.children(upstream, commit, folder));
    }

    @Override
    public void walk(Upstream upstream, CommitId commit, String folder, Consumer<TreeEntry> visitor) {
        store.walk(upstream, commit, folder, visitor);
    }

    @Override
    public CommitOutcome commit(Upstream upstream, CommitRequest request) {
        return timed("commit", () -> store.commit(upstream, request));
    }

    @Override
    public BranchOutcome createBranch(
            Upstream upstream, String branch, CommitId start, Optional<CommitMessage> message) {
        return timed("createBranch", () -> store.createBranch(upstream, branch, start, message));
    }

    @Override
    public List<LoggedCommit> log(Upstream upstream, CommitId commit, int limit) {
        return timed("log", () -> store.log(upstream, commit, limit));
    }

    @Override
    public void copyHistory(Upstream from, Upstream to) {
        timed("copyHistory", () -> {
            store.copyHistory(from, to);
            return to;
        });
    }

    @Override
    public void forget(ProjectName project) {
        store.forget(project);
    }

    @Override
    public void collectGarbage() {
        store.collectGarbage();
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> T timed(String operation, Supplier<T> work) {
        Timer.Sample sample = Timer.start(registry);
        String outcome = "ok";
        try {
            return work.get();
        } catch (KeptnException e) {
            outcome = e.error() instanceof KeptnError.Upstream(UpstreamFault fault, String message)
                    ? fault.name().toLowerCase(Locale.ROOT)
                    : "refused";
            throw e;
        } finally {
            sample.stop(registry.timer(NAME, "operation", operation, "outcome", outcome));
        }
    }
}
