package sh.keptn.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Requests for tests of what is done with one. */
public final class GivenRequest {
    private GivenRequest() {}

    /** A request with a body of JSON and nothing else. */
    public static Request json(String body) {
        return new Request(
                "POST",
                "127.0.0.1",
                Map.of(),
                Query.parse(""),
                name -> name.equals("Content-Type") ? Optional.of("application/json") : Optional.empty(),
                _ -> body.getBytes(StandardCharsets.UTF_8));
    }
}
