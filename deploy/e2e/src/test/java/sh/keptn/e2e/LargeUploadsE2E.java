package sh.keptn.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many bodies of nearly the largest size at one time (promise P10): the process stays, and stores what it acknowledged. */
@ExtendWith(RunningSystem.class)
class LargeUploadsE2E {
    private static final int UPLOADS = 32;
    private static final int CONTENT_BYTES = 3_500_000;
    private static final String SHIPYARD = """
            apiVersion: spec.keptn.sh/0.2.3
            kind: Shipyard
            metadata:
              name: large
            spec:
              stages:
                - name: dev
            """;

    private final LocalSystem system;

    @TempDir
    private Path folder;

    LargeUploadsE2E(LocalSystem system) {
        this.system = system;
    }

    @Test
    void makeEachOtherWaitAndDoNotEndTheProcess() {
        String shipyard = Base64.getEncoder().encodeToString(SHIPYARD.getBytes(UTF_8));
        assertThat(system.post("/controlPlane/v1/project", "{\"name\":\"large\",\"shipyard\":\"" + shipyard + "\"}")
                        .code())
                .isEqualTo(201);
        long before = system.pid("api-server");
        byte[] content = new byte[CONTENT_BYTES];
        RandomGenerator.of("L64X128MixRandom").nextBytes(content);
        String encoded = Base64.getEncoder().encodeToString(content);
        Queue<Integer> codes = new ConcurrentLinkedQueue<>();

        try (ExecutorService clients = Executors.newFixedThreadPool(UPLOADS)) {
            for (int i = 0; i < UPLOADS; i++) {
                int number = i;
                clients.execute(() -> codes.add(upload("f" + number, encoded)));
            }
        }

        assertThat(codes).hasSize(UPLOADS).contains(201).isSubsetOf(List.of(201, 503));
        assertThat(ProcessHandle.of(before))
                .hasValueSatisfying(handle -> assertThat(handle.isAlive()).isTrue());
        String files = system.shell(
                        folder,
                        "git clone -q -b dev " + system.upstream("large") + " c && ls -l c | grep -c " + CONTENT_BYTES)
                .succeeded();
        assertThat(files.strip())
                .isEqualTo(String.valueOf(
                        codes.stream().filter(code -> code == 201).count()));
    }

    private int upload(String name, String encoded) {
        return system.post(
                        "/resource-service/v1/project/large/stage/dev/resource",
                        "{\"resources\":[{\"resourceURI\":\"" + name + "\",\"resourceContent\":\"" + encoded + "\"}]}")
                .code();
    }
}
