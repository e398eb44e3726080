package sh.keptn.core.git.jgit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.Heads;
import sh.keptn.core.git.Upstream;

/**
 * Lets all who ask an upstream for its branches at the same time share one request. A request is joined only before it
 * starts, so nobody is told of a moment before he asked; while one runs, the next gathers all who come.
 */
final class SharedHeads {
    private final Map<Upstream, Round> rounds = new HashMap<>();

    /** Asks the upstream. */
    interface Request {
        Heads ask();
    }

    private static final class Round {
        private final Semaphore running = new Semaphore(1);
        private @Nullable CompletableFuture<Heads> gathering;
        private int users;
    }

    Heads heads(Upstream upstream, Request request) {
        Round round;
        CompletableFuture<Heads> answer;
        boolean first;
        synchronized (rounds) {
            round = rounds.computeIfAbsent(upstream, key -> new Round());
            round.users++;
            first = round.gathering == null;
            if (round.gathering == null) {
                round.gathering = new CompletableFuture<>();
            }
            answer = round.gathering;
        }
        try {
            if (first) {
                lead(upstream, round, answer, request);
            }
            return await(upstream, answer);
        } finally {
            synchronized (rounds) {
                if (--round.users == 0) {
                    rounds.remove(upstream, round);
                }
            }
        }
    }

    /** How many callers have no answer yet. */
    int waiting() {
        synchronized (rounds) {
            return rounds.values().stream().mapToInt(round -> round.users).sum();
        }
    }

    private void lead(Upstream upstream, Round round, CompletableFuture<Heads> answer, Request request) {
        boolean mayRun = false;
        try {
            mayRun = round.running.tryAcquire(upstream.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (rounds) {
            round.gathering = null;
        }
        if (!mayRun) {
            answer.completeExceptionally(UpstreamErrors.of(UpstreamFault.TIMEOUT, upstream));
            return;
        }
        try {
            answer.complete(request.ask());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            round.running.release();
        }
    }

    private static Heads await(Upstream upstream, CompletableFuture<Heads> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UpstreamErrors.of(UpstreamFault.TIMEOUT, upstream);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof KeptnException failure) {
                throw new KeptnException(failure.error(), failure);
            }
            throw new IllegalStateException("asking for branches failed in a way that was not foreseen", cause);
        }
    }
}
