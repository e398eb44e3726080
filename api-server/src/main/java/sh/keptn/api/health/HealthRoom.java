package sh.keptn.api.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import sh.keptn.api.http.Answer;
import sh.keptn.api.http.Room;
import sh.keptn.api.http.Routes;

/**
 * {@code /livez}: the process answers. {@code /readyz}: it also sees the cluster. {@code /metrics} for Prometheus. The event
 * store has no say here: while it is down, projects and resources go on.
 */
public final class HealthRoom implements Room {
    private final BooleanSupplier ready;
    private final PrometheusMeterRegistry meters;

    public HealthRoom(BooleanSupplier ready, PrometheusMeterRegistry meters) {
        this.ready = ready;
        this.meters = meters;
    }

    @Override
    public void routes(Routes routes) {
        routes.open("/livez", _ -> Answer.text(200, "ok\n"))
                .open(
                        "/readyz",
                        request -> ready.getAsBoolean()
                                ? Answer.text(200, "ok\n")
                                : Answer.text(503, "not ready: no contact with the Kubernetes API yet\n"))
                .open(
                        "/metrics",
                        _ -> Answer.bytes(
                                200,
                                "text/plain; version=0.0.4; charset=utf-8",
                                meters.scrape().getBytes(StandardCharsets.UTF_8)));
    }
}
