package sh.keptn.core.git.jgit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sh.keptn.core.git.Change;

/**
 * A queue for each branch. One thread at a time works on a branch; what arrives while it pushes is pushed together next,
 * so that load makes pushes larger and not more. An idle branch has neither queue nor thread, and no write waits for
 * company.
 */
final class WriteQueues {
    private static final int MAX_WRITES = 256;
    private static final long MAX_BYTES = 64L << 20;

    private final BranchWriter writer;
    private final Map<Key, Deque<Write>> queues = new HashMap<>();

    private record Key(Mirrors.Key mirror, String branch) {}

    WriteQueues(BranchWriter writer) {
        this.writer = writer;
    }

    void add(Write write) {
        Key key = new Key(Mirrors.Key.of(write.upstream()), write.request().branch());
        synchronized (queues) {
            Deque<Write> queue = queues.get(key);
            if (queue != null) {
                queue.add(write);
                return;
            }
            queue = new ArrayDeque<>();
            queue.add(write);
            queues.put(key, queue);
        }
        Thread.ofVirtual().name("git-write-" + key.branch()).start(() -> work(key));
    }

    /** How many writes no push has taken up yet. */
    int waiting() {
        synchronized (queues) {
            return queues.values().stream().mapToInt(Deque::size).sum();
        }
    }

    private void work(Key key) {
        for (List<Write> batch = next(key); !batch.isEmpty(); batch = next(key)) {
            writer.write(batch);
        }
    }

    /** The writes to push next; empty, and the queue gone, if there are none. All of one push come with one access. */
    private List<Write> next(Key key) {
        synchronized (queues) {
            Deque<Write> queue = queues.get(key);
            if (queue == null || queue.isEmpty()) {
                queues.remove(key);
                return List.of();
            }
            List<Write> batch = new ArrayList<>();
            long bytes = 0;
            while (!queue.isEmpty()
                    && batch.size() < MAX_WRITES
                    && (batch.isEmpty()
                            || (queue.element()
                                            .upstream()
                                            .equals(batch.getFirst().upstream())
                                    && bytes + sizeOf(queue.element()) <= MAX_BYTES))) {
                Write write = queue.remove();
                bytes += sizeOf(write);
                batch.add(write);
            }
            return batch;
        }
    }

    private static long sizeOf(Write write) {
        long bytes = 0;
        for (Change change : write.request().changes()) {
            if (change instanceof Change.Put put) {
                bytes += put.content().size();
            }
        }
        return bytes;
    }
}
