package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.BranchOutcome;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitStore;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.LoggedCommit;
import sh.keptn.core.git.TreeEntry;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;

/**
 * {@link GitStore} on JGit, over smart HTTP and SSH.
 *
 * <p>Whoever configures logging keeps {@code org.apache.hc.client5.http.headers} and {@code
 * org.apache.hc.client5.http.wire} off: at DEBUG the HTTP client prints every header by them, credentials among it. They
 * are the only loggers that do.
 */
public final class JGitStore implements GitStore {
    private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{7,39}");

    private final Mirrors mirrors;
    private final Remote remote;
    private final SharedHeads shared = new SharedHeads();
    private final Draft.Maker drafts;
    private final WriteQueues writes;
    private final Collector collector;
    private final GitLimits limits;
    private final ScheduledExecutorService watch;

    /**
     * @param directory for the mirrors of this process alone; what is in it is removed at once
     * @param author of the commits made here
     * @param addresses where upstreams may live
     */
    public JGitStore(Path directory, GitAuthor author, GitLimits limits, AddressPolicy addresses, Clock clock) {
        this(directory, author, limits, addresses, clock, new Collector(clock));
    }

    JGitStore(
            Path directory,
            GitAuthor author,
            GitLimits limits,
            AddressPolicy addresses,
            Clock clock,
            Collector collector) {
        IsolatedSystem.install();
        this.limits = limits;
        this.watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("git-time-outs").factory());
        this.mirrors = new Mirrors(directory);
        this.remote = new Remote(
                new Transports(
                        new HttpClients(addresses), new SshSessions(directory, addresses), limits.maxRepositoryBytes()),
                limits.maxConcurrentTransfers(),
                watch);
        this.collector = collector;
        this.drafts = new Draft.Maker(author, clock, limits.maxFileBytes());
        this.writes = new WriteQueues(new BranchWriter(mirrors, remote, drafts, limits));
    }

    @Override
    public Heads heads(Upstream upstream) {
        return shared.heads(upstream, () -> remote.heads(upstream, mirrors.of(upstream)));
    }

    @Override
    public Optional<Heads> lastKnownHeads(Upstream upstream) {
        return mirrors.known(upstream).flatMap(Mirror::lastSeen);
    }

    @Override
    public Optional<CommitId> resolve(Upstream upstream, String revision) {
        String id = revision.toLowerCase(Locale.ROOT);
        if (CommitId.isValid(id)) {
            return withMirror(upstream, mirror -> full(upstream, mirror, new CommitId(id)));
        }
        boolean maybeShort = SHORT_ID.matcher(id).matches();
        Heads heads;
        try {
            heads = heads(upstream);
        } catch (KeptnException e) {
            // What the mirror knows needs no upstream, a branch's present head does.
            Optional<CommitId> known =
                    maybeShort ? withMirror(upstream, mirror -> abbreviated(mirror, id)) : Optional.empty();
            return Optional.of(known.orElseThrow(() -> e));
        }
        Optional<CommitId> branch = heads.of(revision);
        if (branch.isPresent() || !maybeShort) {
            return branch;
        }
        return withMirror(upstream, mirror -> {
            fetch(upstream, mirror, name -> true);
            return abbreviated(mirror, id);
        });
    }

    @Override
    public Optional<FileContent> read(Upstream upstream, CommitId commit, String path) {
        return reading(upstream, commit, reader -> reader.read(path, limits.maxFileBytes()));
    }

    @Override
    public Optional<TreeEntry> entry(Upstream upstream, CommitId commit, String path) {
        return reading(upstream, commit, reader -> reader.entry(path));
    }

    @Override
    public List<TreeEntry> children(Upstream upstream, CommitId commit, String folder) {
        return reading(upstream, commit, reader -> reader.children(folder));
    }

    @Override
    public void walk(Upstream upstream, CommitId commit, String folder, Consumer<TreeEntry> visitor) {
        boolean walked = reading(upstream, commit, reader -> {
            reader.walk(folder, visitor);
            return true;
        });
        assert walked;
    }

    @Override
    public List<LoggedCommit> log(Upstream upstream, CommitId commit, int limit) {
        return withMirror(upstream, mirror -> {
            require(upstream, mirror, commit);
            return TreeReader.log(mirror, commit, limit);
        });
    }

    @Override
    public CommitOutcome commit(Upstream upstream, CommitRequest request) {
        Write write = new Write(upstream, request);
        writes.add(write);
        return write.await();
    }

    @Override
    public BranchOutcome createBranch(
            Upstream upstream, String branch, CommitId start, Optional<CommitMessage> message) {
        return withMirror(upstream, mirror -> {
            Optional<CommitId> present = heads(upstream).of(branch);
            if (present.isPresent()) {
                return new BranchOutcome.Existed(present.get());
            }
            require(upstream, mirror, start);
            ObjectId head = ObjectId.fromString(start.value());
            if (message.isPresent()) {
                head = drafts.empty(mirror, head, message.get());
            }
            return created(upstream, mirror, branch, head);
        });
    }

    private BranchOutcome created(Upstream upstream, Mirror mirror, String branch, ObjectId head) throws IOException {
        CommitId id = new CommitId(head.name());
        return switch (remote.create(upstream, mirror, branch, head)) {
            case PushAnswer.Taken() -> {
                mirror.published(branch, head, List.of(head));
                mirror.track(branch, head);
                yield new BranchOutcome.Created(id);
            }
            case PushAnswer.Moved() ->
                heads(upstream)
                        .of(branch)
                        .map(present -> (BranchOutcome) new BranchOutcome.Existed(present))
                        .orElseThrow(() -> UpstreamErrors.diverged(upstream));
            case PushAnswer.Refused(String reason) -> throw UpstreamErrors.refused(reason);
            case PushAnswer.Unknown(KeptnException failure) -> {
                Optional<CommitId> present = heads(upstream).of(branch);
                if (present.isEmpty()) {
                    throw failure;
                }
                yield present.get().equals(id)
                        ? new BranchOutcome.Created(id)
                        : new BranchOutcome.Existed(present.get());
            }
        };
    }

    @Override
    public void copyHistory(Upstream from, Upstream to) {
        withMirror(from, mirror -> {
            Heads source = everything(from, mirror);
            Heads target = heads(to);
            Map<String, ObjectId> branches = new HashMap<>();
            for (Map.Entry<String, CommitId> branch : source.branches().entrySet()) {
                Optional<CommitId> present = target.of(branch.getKey());
                if (present.isPresent() && present.get().equals(branch.getValue())) {
                    continue;
                }
                if (present.isPresent() && !contains(mirror, branch.getValue(), present.get())) {
                    throw new KeptnException(new KeptnError.Conflict("branch '" + branch.getKey()
                            + "' of the new upstream holds commits that the old one does not know"));
                }
                branches.put(
                        branch.getKey(), ObjectId.fromString(branch.getValue().value()));
            }
            if (!branches.isEmpty()) {
                remote.pushAll(to, mirror, branches, target, true);
            }
            return branches;
        });
    }

    /** All branches of the old upstream; where it cannot be had any more, as this store saw them last, if all are here. */
    private Heads everything(Upstream from, Mirror mirror) throws IOException {
        try {
            return fetch(from, mirror, name -> true);
        } catch (KeptnException e) {
            Heads seen = lastKnownHeads(from).orElseThrow(() -> e);
            for (CommitId head : seen.branches().values()) {
                if (!mirror.has(ObjectId.fromString(head.value()))) {
                    throw e;
                }
            }
            return seen;
        }
    }

    private static boolean contains(Mirror mirror, CommitId head, CommitId commit) throws IOException {
        ObjectId wanted = ObjectId.fromString(commit.value());
        if (!mirror.has(wanted)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            return walk.isMergedInto(walk.parseCommit(wanted), walk.parseCommit(ObjectId.fromString(head.value())));
        }
    }

    @Override
    public void forget(ProjectName project) {
        mirrors.forget(project);
    }

    @Override
    public void collectGarbage() {
        mirrors.all().forEach(collector::collect);
    }

    @Override
    public void close() {
        remote.close();
        watch.shutdownNow();
        mirrors.close();
    }

    /** Writes that wait for a push to begin. */
    int waitingWrites() {
        return writes.waiting();
    }

    /** Readers that wait for an answer about branches. */
    int waitingReaders() {
        return shared.waiting();
    }

    private Optional<CommitId> full(Upstream upstream, Mirror mirror, CommitId commit) throws IOException {
        ObjectId id = ObjectId.fromString(commit.value());
        if (!mirror.has(id)) {
            fetch(upstream, mirror, name -> true);
        }
        return mirror.has(id) && isCommit(mirror, id) ? Optional.of(commit) : Optional.empty();
    }

    private static Optional<CommitId> abbreviated(Mirror mirror, String text) throws IOException {
        try (ObjectReader reader = mirror.repository().newObjectReader()) {
            List<ObjectId> commits = new ArrayList<>();
            for (ObjectId candidate : reader.resolve(AbbreviatedObjectId.fromString(text))) {
                if (mirror.has(candidate) && isCommit(mirror, candidate)) {
                    commits.add(candidate);
                }
            }
            return commits.size() == 1
                    ? Optional.of(new CommitId(commits.getFirst().name()))
                    : Optional.empty();
        }
    }

    private static boolean isCommit(Mirror mirror, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            return walk.parseCommit(id) != null;
        } catch (IncorrectObjectTypeException e) {
            return false;
        }
    }

    /** Sees to it that a commit is in the mirror, and asks the upstream only where it is not. */
    private void require(Upstream upstream, Mirror mirror, CommitId commit) throws IOException {
        ObjectId id = ObjectId.fromString(commit.value());
        if (mirror.has(id)) {
            return;
        }
        List<String> holders = mirror.lastSeen().stream()
                .flatMap(heads -> heads.branches().entrySet().stream())
                .filter(branch -> branch.getValue().equals(commit))
                .map(Map.Entry::getKey)
                .toList();
        mirror.fetching().lock();
        try {
            if (!holders.isEmpty() && !mirror.has(id)) {
                remote.fetch(upstream, mirror, holders::contains);
            }
            if (!mirror.has(id)) {
                remote.fetch(upstream, mirror, name -> true);
            }
        } finally {
            mirror.fetching().unlock();
        }
        if (!mirror.has(id)) {
            throw KeptnException.notFound("commit", commit.value());
        }
    }

    private Heads fetch(Upstream upstream, Mirror mirror, Predicate<String> wanted) {
        mirror.fetching().lock();
        try {
            return remote.fetch(upstream, mirror, wanted);
        } finally {
            mirror.fetching().unlock();
        }
    }

    private interface Reading<T> {
        T from(TreeReader reader) throws IOException;
    }

    private interface Work<T> {
        T on(Mirror mirror) throws IOException;
    }

    private <T> T reading(Upstream upstream, CommitId commit, Reading<T> reading) {
        return withMirror(upstream, mirror -> {
            require(upstream, mirror, commit);
            try (TreeReader reader = new TreeReader(mirror, commit)) {
                return reading.from(reader);
            }
        });
    }

    /** Works on a mirror; one that turns out damaged is thrown away, and the work done once more on a new one. */
    private <T> T withMirror(Upstream upstream, Work<T> work) {
        Mirror mirror = mirrors.of(upstream);
        try {
            return work.on(mirror);
        } catch (IOException e) {
            mirrors.discard(upstream, mirror);
        }
        Mirror renewed = mirrors.of(upstream);
        try {
            return work.on(renewed);
        } catch (IOException e) {
            throw new DamagedMirror(renewed, e).unavailable();
        }
    }
}
