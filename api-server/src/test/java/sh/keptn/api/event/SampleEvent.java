package sh.keptn.api.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes events for tests: an evaluation of a service, unless something else is said. */
public final class SampleEvent {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private UUID id = UUID.randomUUID();
    private Instant time = START;
    private String type = "sh.keptn.event.evaluation.finished";
    private String context = UUID.randomUUID().toString();
    private @Nullable String triggered;
    private String data = "{\"project\":\"podtato\",\"stage\":\"dev\",\"service\":\"head\",\"result\":\"pass\"}";

    public static SampleEvent anEvent() {
        return new SampleEvent();
    }

    public SampleEvent id(UUID value) {
        id = value;
        return this;
    }

    /** So many milliseconds after the moment at which all samples happen. */
    public SampleEvent after(long millis) {
        time = START.plusMillis(millis);
        return this;
    }

    public SampleEvent at(Instant value) {
        time = value;
        return this;
    }

    public SampleEvent type(String value) {
        type = value;
        return this;
    }

    public SampleEvent context(String value) {
        context = value;
        return this;
    }

    public SampleEvent triggered(String value) {
        triggered = value;
        return this;
    }

    public SampleEvent data(String json) {
        data = json;
        return this;
    }

    public KeptnEvent make() {
        return new KeptnEvent(
                id,
                time,
                type,
                "https://example.com/sample",
                context,
                triggered,
                null,
                null,
                EventJson.read(data.getBytes(StandardCharsets.UTF_8)));
    }
}
