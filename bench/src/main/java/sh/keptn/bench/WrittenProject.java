package sh.keptn.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sh.keptn.bench.git.GitByHand;

/** A project that clients write to, each a file of its own, and the account of what was acknowledged. */
final class WrittenProject implements AutoCloseable {
    private final Bench bench;
    private final String name;
    private final String purpose;
    private final GitByHand clone;
    private final String base;
    private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> written = new ConcurrentHashMap<>();

    private WrittenProject(Bench bench, String name, String purpose, GitByHand clone, String base) {
        this.bench = bench;
        this.name = name;
        this.purpose = purpose;
        this.clone = clone;
        this.base = base;
    }

    /** Begins the account at what stands in the upstream now. */
    static WrittenProject open(Bench bench, String name, String purpose) throws IOException, InterruptedException {
        GitByHand clone = bench.cloneOf(name);
        return new WrittenProject(bench, name, purpose, clone, clone.head(Bench.STAGE));
    }

    /** A file as people have them, never twice the same. */
    static String content(String purpose, int client, int turn) {
        return """
                # %s
                image: registry.example.com/shop/%s:%d.%d
                replicaCount: 2
                resources:
                  requests:
                    cpu: 100m
                    memory: 128Mi
                """.formatted(purpose, "service-" + client, client, turn);
    }

    void write(int client) throws IOException, InterruptedException {
        int turn = written.merge(client, 1, Integer::sum);
        acknowledged.add(bench.resources().write(name, Bench.STAGE, path(client), content(purpose, client, turn)));
    }

    private static String path(int client) {
        return "bench/" + client + ".yaml";
    }

    GitByHand upstream() {
        return clone;
    }

    /** Void unless each acknowledged commit is in the upstream, no other is, and each file holds what was last written. */
    void mustBeUpstream() throws IOException {
        clone.mustHold(Bench.STAGE, base, acknowledged);
        for (var client : written.entrySet()) {
            clone.mustShow(Bench.STAGE, path(client.getKey()), content(purpose, client.getKey(), client.getValue()));
        }
    }

    @Override
    public void close() {
        clone.close();
    }
}
