package sh.keptn.bench.measure;

import java.io.IOException;

/** One operation of one client. It throws when its answer is not what it must be, and the run is void then. */
@FunctionalInterface
public interface Work {
    void once(int client, int turn) throws IOException, InterruptedException;
}
