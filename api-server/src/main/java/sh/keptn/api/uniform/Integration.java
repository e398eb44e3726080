package sh.keptn.api.uniform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Somebody who works on events.
 *
 * @param lastSeen when it registered or sent its last heartbeat
 */
public record Integration(
        String id, String name, Metadata metadata, Instant lastSeen, List<Subscription> subscriptions) {
    static final String WEBHOOK_SERVICE = "webhook-service";

    /** What it says of itself; absent texts are empty. */
    public record Metadata(
            String hostname,
            String integrationVersion,
            String distributorVersion,
            String location,
            String namespace,
            String podName,
            String deploymentName) {}

    public Integration {
        subscriptions = List.copyOf(subscriptions);
    }

    boolean isWebhookService() {
        return name.equals(WEBHOOK_SERVICE);
    }

    /** The id that Keptn's clients expect: they reckon it themselves. */
    static String id(String name, String namespace, String hostname) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            String all = String.join("-", name, namespace, hostname);
            return HexFormat.of().formatHex(sha.digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
