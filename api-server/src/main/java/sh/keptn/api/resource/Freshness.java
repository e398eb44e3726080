package sh.keptn.api.resource;

import java.util.Optional;
import sh.keptn.api.http.Request;

/** What a reader accepts while the upstream cannot be asked. */
enum Freshness {
    /** A failure rather than an old state. */
    REQUIRED,
    /** The last known state, marked as such: {@code Cache-Control: max-stale}. */
    STALE_ALLOWED;

    static Freshness of(Request request) {
        Optional<String> cacheControl = request.header("Cache-Control");
        return cacheControl.filter(text -> text.contains("max-stale")).isPresent() ? STALE_ALLOWED : REQUIRED;
    }
}
