package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.IdempotencyKey;

/**
 * The writes with an idempotency key among the last commits of a branch, and those drafted since. The history is read
 * once for a draft, however many writes it has, and not at all if none has a key.
 */
final class EarlierWrites {
    /** How far back a write is known again. */
    static final int COMMITS = 1000;

    private final ObjectReader reader;
    private final Optional<ObjectId> base;
    private final Map<String, Earlier> byKey = new HashMap<>();
    private boolean read;

    private record Earlier(ObjectId commit, String content) {}

    EarlierWrites(ObjectReader reader, Optional<ObjectId> base) {
        this.reader = reader;
        this.base = base;
    }

    /**
     * The commit that the same request made before.
     *
     * @throws KeptnException {@code Denied} if its key stands on a commit of other changes
     */
    Optional<ObjectId> find(CommitRequest request) throws IOException {
        if (request.key().isEmpty()) {
            return Optional.empty();
        }
        readOnce();
        Earlier earlier = byKey.get(request.key().get().digest());
        if (earlier == null) {
            return Optional.empty();
        }
        if (!earlier.content().equals(IdempotencyKey.contentDigest(request.changes()))) {
            throw new KeptnException(
                    new KeptnError.Denied("Idempotency-Key", "was used before for a request with another content"));
        }
        return Optional.of(earlier.commit());
    }

    /** Remembers a write that was drafted just now. */
    void add(CommitRequest request, ObjectId commit) {
        request.key()
                .ifPresent(key ->
                        byKey.put(key.digest(), new Earlier(commit, IdempotencyKey.contentDigest(request.changes()))));
    }

    private void readOnce() throws IOException {
        if (read || base.isEmpty()) {
            return;
        }
        read = true;
        try (RevWalk walk = new RevWalk(reader)) {
            walk.markStart(walk.parseCommit(base.get()));
            int seen = 0;
            for (RevCommit commit = walk.next(); commit != null && seen < COMMITS; commit = walk.next(), seen++) {
                String message = commit.getFullMessage();
                Optional<String> content = IdempotencyKey.trailer(message, IdempotencyKey.CONTENT_TRAILER);
                Optional<String> key = IdempotencyKey.trailer(message, IdempotencyKey.KEY_TRAILER);
                if (key.isPresent() && content.isPresent()) {
                    byKey.putIfAbsent(key.get(), new Earlier(commit.toObjectId(), content.get()));
                }
            }
        }
    }
}
