package sh.keptn.local.store;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.mvstore.MVStore;

/**
 * Answers a command that changed something only when the change is on disk. The library's own backend writes a second
 * later, which loses acknowledged writes when the process is killed.
 *
 * <p>Writers that come together share one commit and one sync of the file. A commit never cuts through a command, so
 * that what is found after a kill holds whole commands only: a document and its index entries, or neither.
 */
final class DurableBackend extends H2Backend {
    /** Rewriting half-empty pieces of the file is due after this many commits. */
    private static final int COMMITS_BETWEEN_COMPACTIONS = 256;

    private static final int COMPACT_BELOW_FILL_RATE = 50;
    private static final int COMPACT_BYTES = 4 << 20;

    private final MVStore store;
    private final ReadWriteLock commandsAndCommits = new ReentrantReadWriteLock();
    private final AtomicLong lastChange = new AtomicLong();
    private final Object flush = new Object();

    /** The last change known to be on disk; guarded by {@link #flush}. */
    private long lastOnDisk;

    private int commits;

    DurableBackend(MVStore store) {
        super(store);
        this.store = store;
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document answer;
        commandsAndCommits.readLock().lock();
        try {
            answer = super.handleMessage(message);
        } finally {
            commandsAndCommits.readLock().unlock();
        }
        if (store.hasUnsavedChanges()) {
            bringToDisk(lastChange.incrementAndGet());
        }
        return answer;
    }

    /** Returns when everything that was done before this change number was given is on disk. */
    private void bringToDisk(long change) {
        synchronized (flush) {
            if (lastOnDisk >= change) {
                return;
            }
            long upTo = lastChange.get();
            commandsAndCommits.writeLock().lock();
            try {
                store.commit();
                if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
                    store.compact(COMPACT_BELOW_FILL_RATE, COMPACT_BYTES);
                }
            } finally {
                commandsAndCommits.writeLock().unlock();
            }
            store.sync();
            lastOnDisk = upTo;
        }
    }
}
