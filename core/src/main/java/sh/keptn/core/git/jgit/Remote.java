package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.Connection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;

/**
 * The commands to upstreams: ask for the branches, fetch, push. Each is bounded in time by the upstream's time-out, all
 * transfers together in number, and each failure leaves in the words of {@link UpstreamErrors}.
 */
final class Remote implements AutoCloseable {
    private final Transports transports;
    private final Semaphore transfers;
    private final ScheduledExecutorService watch;

    Remote(Transports transports, int maxConcurrentTransfers, ScheduledExecutorService watch) {
        this.transports = transports;
        this.transfers = new Semaphore(maxConcurrentTransfers);
        this.watch = watch;
    }

    /** The upstream's branches as they are now. */
    Heads heads(Upstream upstream, Mirror mirror) {
        return command(upstream, mirror, session -> {
            long asked = mirror.asking();
            try (FetchConnection connection = session.transport().openFetch()) {
                Heads heads = headsOf(connection);
                mirror.saw(heads, asked);
                return heads;
            }
        });
    }

    /** The upstream's branches, after the commits of those that are wanted have come into the mirror. */
    Heads fetch(Upstream upstream, Mirror mirror, Predicate<String> wanted) {
        return transfer(upstream, mirror, session -> {
            long asked = mirror.asking();
            try (FetchConnection connection = session.transport().openFetch()) {
                Heads heads = headsOf(connection);
                List<Ref> missing = new ArrayList<>();
                for (Map.Entry<String, CommitId> branch : heads.branches().entrySet()) {
                    ObjectId head = ObjectId.fromString(branch.getValue().value());
                    if (wanted.test(branch.getKey()) && !mirror.has(head)) {
                        if (mirror.repository().getObjectDatabase().has(head)) {
                            mirror.reveal(head);
                        } else {
                            missing.add(connection.getRef(Constants.R_HEADS + branch.getKey()));
                        }
                    }
                }
                if (!missing.isEmpty()) {
                    connection.fetch(Mirror.silent(), missing, Set.of());
                    for (PackLock lock : connection.getPackLocks()) {
                        lock.unlock();
                    }
                }
                for (Map.Entry<String, CommitId> branch : heads.branches().entrySet()) {
                    if (wanted.test(branch.getKey())) {
                        mirror.track(
                                branch.getKey(),
                                ObjectId.fromString(branch.getValue().value()));
                    }
                }
                mirror.saw(heads, asked);
                return heads;
            }
        });
    }

    /** Moves one branch from where a draft began to where it ends, if it still is there; sends what the draft made. */
    PushAnswer push(Upstream upstream, Mirror mirror, String branch, Draft draft) {
        String name = Constants.R_HEADS + branch;
        ObjectId tip = draft.tip().orElseThrow();
        return pushing(upstream, mirror, (session, sent) -> {
            try (DraftPush push = session.openPush()) {
                if (!push.head(name).equals(draft.base())) {
                    return new PushAnswer.Moved();
                }
                if (push.takesDifferences() || !draft.buildsOnWhatIsThere()) {
                    sent.set(true);
                    return push.move(name, draft.base(), tip, draft.objects());
                }
            }
            return moved(session.transport(), mirror, name, draft.base(), tip, sent);
        });
    }

    /** Makes a branch at a commit of the mirror, if it is not there; sends what the upstream lacks of its history. */
    PushAnswer create(Upstream upstream, Mirror mirror, String branch, ObjectId head) {
        return pushing(
                upstream,
                mirror,
                (session, sent) ->
                        moved(session.transport(), mirror, Constants.R_HEADS + branch, Optional.empty(), head, sent));
    }

    private interface Pushing {
        PushAnswer run(Transports.Session session, AtomicBoolean sent) throws IOException;
    }

    private PushAnswer pushing(Upstream upstream, Mirror mirror, Pushing pushing) {
        AtomicBoolean sent = new AtomicBoolean();
        try {
            return transfer(upstream, mirror, session -> pushing.run(session, sent));
        } catch (KeptnException e) {
            if (sent.get() && !definite(e)) {
                return new PushAnswer.Unknown(e);
            }
            throw e;
        }
    }

    /** JGit's own push, which finds out by itself what is new. */
    private static PushAnswer moved(
            Transport transport,
            Mirror mirror,
            String name,
            Optional<ObjectId> expected,
            ObjectId head,
            AtomicBoolean sent)
            throws IOException {
        try (PushConnection connection = transport.openPush()) {
            Optional<ObjectId> advertised =
                    Optional.ofNullable(connection.getRef(name)).map(Ref::getObjectId);
            if (!advertised.equals(expected)) {
                return new PushAnswer.Moved();
            }
            RemoteRefUpdate update = new RemoteRefUpdate(
                    mirror.repository(), null, head, name, false, null, expected.orElse(ObjectId.zeroId()));
            sent.set(true);
            connection.push(Mirror.silent(), Map.of(name, update));
            return answer(update);
        }
    }

    /** Brings several branches to another upstream at once; creates and fast-forwards only. */
    void pushAll(Upstream to, Mirror mirror, Map<String, ObjectId> branches, Heads present, boolean atomic) {
        transfer(to, mirror, session -> {
            Transport transport = session.transport();
            transport.setPushAtomic(atomic);
            Map<String, RemoteRefUpdate> updates = new TreeMap<>();
            for (Map.Entry<String, ObjectId> branch : branches.entrySet()) {
                String name = Constants.R_HEADS + branch.getKey();
                ObjectId expected = present.of(branch.getKey())
                        .map(id -> ObjectId.fromString(id.value()))
                        .orElse(ObjectId.zeroId());
                updates.put(
                        name,
                        new RemoteRefUpdate(mirror.repository(), null, branch.getValue(), name, false, null, expected));
            }
            try (PushConnection connection = transport.openPush()) {
                connection.push(Mirror.silent(), updates);
            }
            for (RemoteRefUpdate update : updates.values()) {
                if (update.getStatus() != RemoteRefUpdate.Status.OK) {
                    throw UpstreamErrors.of(UpstreamFault.REJECTED, to);
                }
            }
            return updates;
        });
    }

    private static PushAnswer answer(RemoteRefUpdate update) {
        return switch (update.getStatus()) {
            case OK, UP_TO_DATE -> new PushAnswer.Taken();
            case NON_EXISTING, REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> new PushAnswer.Moved();
            case REJECTED_NODELETE, REJECTED_OTHER_REASON, NOT_ATTEMPTED ->
                new PushAnswer.Refused(Optional.ofNullable(update.getMessage()).orElse(""));
            case AWAITING_REPORT -> new PushAnswer.Refused("");
        };
    }

    /** Whether the host said by itself that it did nothing, so that nobody has to ask. */
    private static boolean definite(KeptnException failure) {
        return failure.getCause() != null
                && (UpstreamErrors.unsent(failure)
                        || UpstreamErrors.refusal(failure)
                                .filter(status -> status < 500)
                                .isPresent());
    }

    private static Heads headsOf(Connection connection) {
        Map<String, CommitId> branches = new TreeMap<>();
        Optional<String> symbolicHead = Optional.empty();
        for (Ref ref : connection.getRefs()) {
            if (ref.getName().startsWith(Constants.R_HEADS) && ref.getObjectId() != null) {
                branches.put(
                        ref.getName().substring(Constants.R_HEADS.length()),
                        new CommitId(ref.getObjectId().name()));
            } else if (ref.getName().equals(Constants.HEAD)
                    && ref.isSymbolic()
                    && ref.getTarget().getName().startsWith(Constants.R_HEADS)) {
                symbolicHead = Optional.of(ref.getTarget().getName().substring(Constants.R_HEADS.length()));
            }
        }
        return new Heads(symbolicHead, branches);
    }

    private interface Command<T> {
        T run(Transports.Session session) throws IOException;
    }

    private <T> T transfer(Upstream upstream, Mirror mirror, Command<T> command) {
        try {
            if (!transfers.tryAcquire(upstream.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw UpstreamErrors.of(UpstreamFault.TIMEOUT, upstream);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UpstreamErrors.of(UpstreamFault.TIMEOUT, upstream);
        }
        try {
            return command(upstream, mirror, command);
        } finally {
            transfers.release();
        }
    }

    private <T> T command(Upstream upstream, Mirror mirror, Command<T> command) {
        AtomicBoolean timedOut = new AtomicBoolean();
        @Nullable ScheduledFuture<?> alarm = null;
        try (Transports.Session session = transports.open(upstream, mirror.repository())) {
            alarm = watch.schedule(
                    () -> {
                        timedOut.set(true);
                        session.abort();
                    },
                    upstream.timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            return command.run(session);
        } catch (IOException | RuntimeException | URISyntaxException e) {
            if (timedOut.get()) {
                throw UpstreamErrors.translate(upstream, true, e);
            }
            if (e instanceof RuntimeException unexpected && !(e instanceof KeptnException)) {
                throw unexpected;
            }
            throw UpstreamErrors.translate(upstream, false, e);
        } finally {
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    @Override
    public void close() {
        transports.close();
    }
}
