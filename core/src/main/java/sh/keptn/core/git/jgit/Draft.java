package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.ObjectWritingException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.CommitRequest.WhenAbsent;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.model.CommitId;

/**
 * Several writes as a chain of commits on one head of a branch, not pushed yet. What could not become a commit has its
 * answer here too; all answers hold only if the branch really stands at that head.
 *
 * @param base where the chain begins; empty for a branch that is not there
 * @param tip where it ends; the base if no write changes anything
 * @param objects all that is new in the chain, every base before what is made from it
 */
record Draft(
        Optional<ObjectId> base,
        Optional<ObjectId> tip,
        Map<Write, Result> results,
        List<ObjectId> commits,
        Collection<NewObject> objects) {

    /** What one write came to. */
    sealed interface Result {
        record Done(CommitOutcome outcome) implements Result {}

        record Failed(KeptnException failure) implements Result {}
    }

    boolean changesNothing() {
        return commits.isEmpty();
    }

    /** Whether an object is the difference to one that only the upstream has. */
    boolean buildsOnWhatIsThere() {
        Set<ObjectId> sent = objects.stream().map(NewObject::id).collect(Collectors.toSet());
        return objects.stream().flatMap(object -> object.base().stream()).anyMatch(base -> !sent.contains(base));
    }

    /** The commit that the next one stands on. */
    private record Head(ObjectId id, ObjectId tree, Instant time) {
        static Head of(RevCommit commit) {
            return new Head(
                    commit.toObjectId(), commit.getTree().toObjectId(), Instant.ofEpochSecond(commit.getCommitTime()));
        }
    }

    /** Makes drafts in one mirror. */
    static final class Maker {
        private static final int STORING_ATTEMPTS = 5;

        private final GitAuthor author;
        private final Clock clock;
        private final long maxFileBytes;

        Maker(GitAuthor author, Clock clock, long maxFileBytes) {
            this.author = author;
            this.clock = clock;
            this.maxFileBytes = maxFileBytes;
        }

        Draft draft(Mirror mirror, Optional<ObjectId> base, String branch, List<Write> writes) throws IOException {
            return stored(() -> drafted(mirror, base, branch, writes));
        }

        /**
         * Stores objects, anew if that fails: the collector removes empty folders of objects, and may remove one in the
         * very moment between its making and its first use.
         */
        private static <T> T stored(Storing<T> storing) throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    return storing.store();
                } catch (ObjectWritingException e) {
                    if (attempt == STORING_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }

        private interface Storing<T> {
            T store() throws IOException;
        }

        private Draft drafted(Mirror mirror, Optional<ObjectId> base, String branch, List<Write> writes)
                throws IOException {
            try (ObjectInserter inserter = mirror.repository().newObjectInserter();
                    ObjectReader reader = inserter.newReader();
                    RevWalk walk = new RevWalk(reader)) {
                TreeEditor editor = new TreeEditor(reader, inserter, maxFileBytes);
                Optional<Head> head =
                        base.isPresent() ? Optional.of(Head.of(walk.parseCommit(base.get()))) : Optional.empty();
                List<ObjectId> commits = new ArrayList<>();
                Map<ObjectId, NewObject> objects = new LinkedHashMap<>();
                Map<Write, Result> results = new LinkedHashMap<>();
                for (Write write : writes) {
                    CommitRequest request = write.request();
                    if (head.isEmpty() && request.whenAbsent() == WhenAbsent.REFUSE) {
                        results.put(write, new Result.Failed(KeptnException.notFound("branch", branch)));
                        continue;
                    }
                    try {
                        switch (editor.apply(head.map(Head::tree), request.changes())) {
                            case TreeEditor.Edit.Absent(String path) ->
                                results.put(write, new Result.Done(new CommitOutcome.Absent(path)));
                            case TreeEditor.Edit.Tree(ObjectId tree, List<NewObject> made) -> {
                                if (head.isPresent() && tree.equals(head.get().tree())) {
                                    results.put(
                                            write,
                                            new Result.Done(new CommitOutcome.Unchanged(
                                                    idOf(head.get().id()))));
                                } else {
                                    Head next = commit(inserter, head, tree, request.message(), objects);
                                    made.forEach(object -> objects.putIfAbsent(object.id(), object));
                                    mirror.hide(next.id());
                                    commits.add(next.id());
                                    head = Optional.of(next);
                                    results.put(write, new Result.Done(new CommitOutcome.Committed(idOf(next.id()))));
                                }
                            }
                        }
                    } catch (KeptnException e) {
                        results.put(write, new Result.Failed(e));
                    }
                }
                inserter.flush();
                return new Draft(base, head.map(Head::id), results, commits, objects.values());
            }
        }

        /** A commit that changes nothing, by intent. */
        ObjectId empty(Mirror mirror, ObjectId parent, CommitMessage message) throws IOException {
            return stored(() -> emptied(mirror, parent, message));
        }

        private ObjectId emptied(Mirror mirror, ObjectId parent, CommitMessage message) throws IOException {
            try (ObjectInserter inserter = mirror.repository().newObjectInserter();
                    RevWalk walk = new RevWalk(mirror.repository())) {
                Head start = Head.of(walk.parseCommit(parent));
                Head commit = commit(inserter, Optional.of(start), start.tree(), message, new HashMap<>());
                inserter.flush();
                return commit.id();
            }
        }

        private Head commit(
                ObjectInserter inserter,
                Optional<Head> parent,
                ObjectId tree,
                CommitMessage message,
                Map<ObjectId, NewObject> objects)
                throws IOException {
            // A branch's dates never run backwards, whatever the clocks of others say.
            Instant now = clock.instant();
            Instant time = parent.map(Head::time).filter(now::isBefore).orElse(now);
            PersonIdent person = new PersonIdent(author.name(), author.email(), time, ZoneOffset.UTC);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(tree);
            parent.map(Head::id).ifPresent(commit::setParentId);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage(message.text());
            byte[] content = commit.build();
            ObjectId id = inserter.insert(Constants.OBJ_COMMIT, content);
            objects.put(id, NewObject.whole(Constants.OBJ_COMMIT, id, content));
            return new Head(id, tree, time.truncatedTo(ChronoUnit.SECONDS));
        }

        private static CommitId idOf(ObjectId commit) {
            return new CommitId(commit.name());
        }
    }
}
