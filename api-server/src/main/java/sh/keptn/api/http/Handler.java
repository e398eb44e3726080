package sh.keptn.api.http;

/** What one route does: blocking code on a virtual thread. Failures are thrown as KeptnException or {@link Refusal}. */
@FunctionalInterface
public interface Handler {
    Answer handle(Request request);
}
