package sh.keptn.core.git.jgit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.Upstream;

/** One write on its way: what is asked, and the answer that its caller waits for. Equal only to itself. */
final class Write {
    private final Upstream upstream;
    private final CommitRequest request;
    private final CompletableFuture<CommitOutcome> answer = new CompletableFuture<>();

    Write(Upstream upstream, CommitRequest request) {
        this.upstream = upstream;
        this.request = request;
    }

    Upstream upstream() {
        return upstream;
    }

    CommitRequest request() {
        return request;
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    void answer(Draft.Result result) {
        switch (result) {
            case Draft.Result.Done(CommitOutcome outcome) -> answer.complete(outcome);
            case Draft.Result.Failed(KeptnException failure) -> answer.completeExceptionally(failure);
        }
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    /** Waits for the answer; whoever works on the write bounds the time. */
    CommitOutcome await() {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the write may have been stored", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof KeptnException failure) {
                throw new KeptnException(failure.error(), failure);
            }
            throw new IllegalStateException("a write failed in a way that was not foreseen", cause);
        }
    }
}
