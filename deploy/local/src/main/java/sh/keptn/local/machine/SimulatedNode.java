package sh.keptn.local.machine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** The node on which kwok pretends to run the pods of the local cluster. */
final class SimulatedNode {

    /** Long, for a machine that is busy with other things too. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    private SimulatedNode() {}

    /** Makes the Node object; one that is there stays as it is. */
    static void create(URI server, Path authority, String token, String name) throws IOException, InterruptedException {
        String node = """
                {"apiVersion": "v1", "kind": "Node",
                 "metadata": {"name": "%1$s",
                   "annotations": {"kwok.x-k8s.io/node": "fake"},
                   "labels": {"kubernetes.io/hostname": "%1$s", "kubernetes.io/os": "linux", "type": "kwok"}},
                 "status": {"allocatable": {"cpu": "64", "memory": "256Gi", "pods": "1000"},
                   "capacity": {"cpu": "64", "memory": "256Gi", "pods": "1000"}}}
                """.formatted(name);
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/nodes"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(node))
                .build();
        try (HttpClient client = HealthProbe.client(server, authority, PATIENCE)) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != CREATED && answer.statusCode() != CONFLICT) {
                throw new IOException(
                        "the cluster refused the node " + name + ": " + answer.statusCode() + " " + answer.body());
            }
        }
    }
}
