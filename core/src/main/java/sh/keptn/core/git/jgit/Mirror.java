package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.git.Heads;
import sh.keptn.core.model.CommitId;

/**
 * What is kept of one upstream: its objects in a bare repository, and its branches as last seen. A cache and no more;
 * it can be thrown away at any moment.
 *
 * <p>Branches stand under {@code refs/mirror/<hash of the name>}, so that a branch {@code a} that gives way to {@code
 * a/b} is no conflict, nor two names that a file system takes for one.
 */
final class Mirror {
    private final FileRepository repository;
    /** Held while objects are fetched, so that what two readers miss is fetched once. */
    private final ReentrantLock fetching = new ReentrantLock();
    /** Commits made here that the upstream has not taken: nobody may read them. */
    private final Set<ObjectId> unpublished = ConcurrentHashMap.newKeySet();

    private final Object lock = new Object();
    private final Map<String, Seen> pushed = new HashMap<>();
    private @Nullable Heads lastSeen;
    private long lastAsked;
    private long ticks;

    private record Seen(Optional<CommitId> head, long tick) {}

    Mirror(FileRepository repository) {
        this.repository = repository;
    }

    FileRepository repository() {
        return repository;
    }

    ReentrantLock fetching() {
        return fetching;
    }

    /** To be called before a request to the upstream, so that its answer can be put in order with others. */
    long asking() {
        synchronized (lock) {
            return ++ticks;
        }
    }

    /** Notes the branches that an answer showed, unless something newer is known of them already. */
    void saw(Heads heads, long asked) {
        synchronized (lock) {
            if (asked < lastAsked) {
                return;
            }
            Map<String, CommitId> branches = new TreeMap<>(heads.branches());
            pushed.values().removeIf(seen -> seen.tick() < asked);
            pushed.forEach((branch, seen) -> seen.head().ifPresent(head -> branches.put(branch, head)));
            lastSeen = new Heads(heads.symbolicHead(), branches);
            lastAsked = asked;
        }
    }

    /** Notes that the upstream took a push. */
    void published(String branch, ObjectId head, Iterable<ObjectId> commits) {
        commits.forEach(unpublished::remove);
        synchronized (lock) {
            CommitId id = new CommitId(head.name());
            pushed.put(branch, new Seen(Optional.of(id), ++ticks));
            Map<String, CommitId> branches = new TreeMap<>(lastSeen == null ? Map.of() : lastSeen.branches());
            branches.put(branch, id);
            lastSeen = new Heads(lastSeen == null ? Optional.empty() : lastSeen.symbolicHead(), branches);
        }
    }

    Optional<Heads> lastSeen() {
        synchronized (lock) {
            return Optional.ofNullable(lastSeen);
        }
    }

    /** Keeps a commit of our own from readers until the upstream has it. */
    void hide(ObjectId commit) {
        unpublished.add(commit);
    }

    /** A hidden commit came back with a fetch: the upstream has it after all. */
    void reveal(ObjectId commit) {
        unpublished.remove(commit);
    }

    boolean has(ObjectId id) throws IOException {
        return !unpublished.contains(id) && repository.getObjectDatabase().has(id);
    }

    boolean hides(ObjectId id) {
        return unpublished.contains(id);
    }

    /** Remembers a branch's head, so that later fetches and garbage collection know what is in use. */
    void track(String branch, ObjectId head) throws IOException {
        RefUpdate update = repository.updateRef(refOf(branch));
        update.setNewObjectId(head);
        update.setForceUpdate(true);
        update.disableRefLog();
        update.update();
    }

    void untrack(String branch) throws IOException {
        RefUpdate update = repository.updateRef(refOf(branch));
        update.setForceUpdate(true);
        update.delete();
    }

    private static String refOf(String branch) {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter()) {
            return "refs/mirror/"
                    + formatter
                            .idFor(Constants.OBJ_BLOB, Constants.encode(branch))
                            .name();
        }
    }

    static NullProgressMonitor silent() {
        return NullProgressMonitor.INSTANCE;
    }
}
