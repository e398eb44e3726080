package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.Upstream;

/**
 * Brings writes into a branch of an upstream:
 *
 * <pre>
 *  known head --draft--> commits --push--> taken: answer
 *      ^                              |--> moved: fetch, draft anew on the new head
 *      |                              |--> lost:  ask where the branch is before anything else
 *      +------------------------------+--> refused: answer, each write by itself
 * </pre>
 *
 * A push names the head it expects, so the server itself compares and swaps; nothing is ever forced. A push whose answer
 * was lost stays in doubt until the branch is seen to hold it, or to have moved without it: only then can its commits
 * never arrive any more. While in doubt, the very same commits are pushed again, never others.
 */
final class BranchWriter {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Mirrors mirrors;
    private final Remote remote;
    private final Draft.Maker drafts;
    private final GitLimits limits;

    BranchWriter(Mirrors mirrors, Remote remote, Draft.Maker drafts, GitLimits limits) {
        this.mirrors = mirrors;
        this.remote = remote;
        this.drafts = drafts;
        this.limits = limits;
    }

    /** Answers every one of the writes; they are for one branch of one upstream. */
    void write(List<Write> writes) {
        try {
            new Attempt(writes).run();
        } catch (DamagedMirror e) {
            mirrors.discard(writes.getFirst().upstream(), e.mirror());
            retryOnce(writes);
        } catch (RuntimeException | Error e) {
            writes.forEach(write -> write.fail(e));
        }
    }

    private void retryOnce(List<Write> writes) {
        List<Write> open = writes.stream().filter(write -> !write.isAnswered()).toList();
        try {
            new Attempt(open).run();
        } catch (DamagedMirror e) {
            open.forEach(write -> write.fail(e.unavailable()));
        } catch (RuntimeException | Error e) {
            open.forEach(write -> write.fail(e));
        }
    }

    /** One run of the loop above, and what it knows so far. */
    private final class Attempt {
        private final List<Write> writes;
        private final Upstream upstream;
        private final String branch;
        private final Mirror mirror;
        private final long start = System.nanoTime();
        private @Nullable Draft doubtful;
        private @Nullable KeptnException lost;
        private int tries;

        Attempt(List<Write> writes) {
            this.writes = writes;
            this.upstream = writes.getFirst().upstream();
            this.branch = writes.getFirst().request().branch();
            this.mirror = mirrors.of(upstream);
        }

        void run() {
            try {
                boolean fresh = false;
                Optional<ObjectId> head = knownHead();
                if (head.isEmpty()) {
                    head = presentHead();
                    fresh = true;
                }
                while (true) {
                    if (settled(head)) {
                        return;
                    }
                    Draft draft = doubtful != null ? doubtful : drafts.draft(mirror, head, branch, writes);
                    if (draft.changesNothing()) {
                        if (fresh) {
                            answer(draft);
                            return;
                        }
                        head = presentHead();
                        fresh = true;
                        continue;
                    }
                    if (pushed(draft)) {
                        return;
                    }
                    head = presentHead();
                    fresh = true;
                }
            } catch (IOException e) {
                throw new DamagedMirror(mirror, e);
            }
        }

        /** Whether the writes are answered; if not, the next thing is to look where the branch stands. */
        private boolean pushed(Draft draft) throws IOException {
            tries++;
            try {
                switch (remote.push(upstream, mirror, branch, draft)) {
                    case PushAnswer.Taken() -> {
                        taken(draft);
                        return true;
                    }
                    case PushAnswer.Moved() -> {
                        requireMore(UpstreamErrors.of(UpstreamFault.DIVERGED, upstream));
                        if (tries > 1) {
                            pause(Optional.empty());
                        }
                    }
                    case PushAnswer.Refused(String reason) -> {
                        return refused(draft, reason);
                    }
                    case PushAnswer.Unknown(KeptnException failure) -> {
                        doubtful = draft;
                        lost = failure;
                        if (exhausted()) {
                            return lastLook(failure);
                        }
                        pause(UpstreamErrors.retryAfter(failure));
                    }
                }
            } catch (KeptnException e) {
                if (!transientFault(e)) {
                    throw e;
                }
                requireMore(e);
                pause(UpstreamErrors.retryAfter(e));
            }
            return false;
        }

        /** The deadline is near: one look whether the lost push arrived, then the truth, whatever it is. */
        private boolean lastLook(KeptnException failure) throws IOException {
            if (settled(presentHead())) {
                return true;
            }
            throw doubt(failure);
        }

        private void taken(Draft draft) throws IOException {
            ObjectId tip = draft.tip().orElseThrow();
            mirror.published(branch, tip, draft.commits());
            mirror.track(branch, tip);
            answer(draft);
        }

        private void answer(Draft draft) {
            draft.results().forEach(Write::answer);
        }

        /**
         * A refusal may mean that somebody else was faster by a moment, that a hook dislikes one of the writes, or that
         * nobody may push here. Where the branch moved it is the first; else each write finds out by itself.
         */
        private boolean refused(Draft draft, String reason) throws IOException {
            if (!presentHead().equals(draft.base())) {
                requireMore(UpstreamErrors.of(UpstreamFault.DIVERGED, upstream));
                return false;
            }
            if (writes.size() > 1) {
                writes.forEach(write -> BranchWriter.this.write(List.of(write)));
                return true;
            }
            throw UpstreamErrors.refused(reason);
        }

        /** Resolves a push that was in doubt, now that the branch is known to stand at a head. */
        private boolean settled(Optional<ObjectId> head) throws IOException {
            Draft draft = doubtful;
            if (draft == null || head.equals(draft.base())) {
                return false;
            }
            doubtful = null;
            lost = null;
            if (head.isPresent() && contains(head.get(), draft.tip().orElseThrow())) {
                taken(draft);
                return true;
            }
            return false;
        }

        private boolean contains(ObjectId head, ObjectId commit) throws IOException {
            try (RevWalk walk = new RevWalk(mirror.repository())) {
                return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(head));
            }
        }

        private Optional<ObjectId> knownHead() throws IOException {
            Optional<ObjectId> known =
                    mirror.lastSeen().flatMap(heads -> heads.of(branch)).map(id -> ObjectId.fromString(id.value()));
            return known.isPresent() && mirror.has(known.get()) ? known : Optional.empty();
        }

        /** Where the branch stands now, its commits in the mirror; passing faults are ridden out. */
        private Optional<ObjectId> presentHead() {
            while (true) {
                tries++;
                try {
                    Heads heads = remote.fetch(upstream, mirror, branch::equals);
                    tries--;
                    return heads.of(branch).map(id -> ObjectId.fromString(id.value()));
                } catch (KeptnException e) {
                    if (!transientFault(e) || exhausted()) {
                        throw doubtful == null ? e : doubt(e);
                    }
                    pause(UpstreamErrors.retryAfter(e));
                }
            }
        }

        private KeptnException doubt(KeptnException failure) {
            return failure.error() instanceof KeptnError.Upstream(UpstreamFault fault, String message)
                    ? KeptnException.upstream(fault, message + "; whether the write was stored is not known", failure)
                    : failure;
        }

        private void requireMore(KeptnException orElse) {
            if (exhausted()) {
                throw doubtful == null ? orElse : doubt(orElse);
            }
        }

        private boolean exhausted() {
            return tries >= limits.pushAttempts() || remaining().isNegative();
        }

        private Duration remaining() {
            return limits.writeDeadline().minusNanos(System.nanoTime() - start);
        }

        /** Longer each time, and never the same for two writers. */
        private void pause(Optional<Duration> asked) {
            long most = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(tries, 10));
            Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
            if (asked.isPresent() && asked.get().compareTo(pause) > 0) {
                pause = asked.get();
            }
            if (pause.compareTo(remaining()) > 0) {
                KeptnException late =
                        lost != null ? doubt(lost) : UpstreamErrors.of(UpstreamFault.UNAVAILABLE, upstream);
                throw late;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw UpstreamErrors.of(UpstreamFault.TIMEOUT, upstream);
            }
        }
    }

    /** Whether asking again a moment later makes sense. */
    private static boolean transientFault(KeptnException failure) {
        return failure.error() instanceof KeptnError.Upstream(UpstreamFault fault, String message)
                && (fault == UpstreamFault.UNAVAILABLE || fault == UpstreamFault.CONNECT);
    }
}
