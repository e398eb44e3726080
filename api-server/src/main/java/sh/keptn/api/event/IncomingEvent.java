package sh.keptn.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Refusal;
import sh.keptn.core.error.KeptnException;

/**
 * An event as a client sent it, checked as Keptn checks it. Id and time are the server's to set; a source that is no URI
 * is replaced; attributes that Keptn does not know are dropped.
 */
record IncomingEvent(
        @Nullable String id,
        String source,
        String type,
        @Nullable String context,
        @Nullable String triggeredId,
        @Nullable String gitCommitId,
        @Nullable JsonNode extensions,
        JsonNode data,
        String canonical) {

    private static final String DEFAULT_SOURCE = "https://github.com/keptn/keptn/api";
    private static final int MAX_TEXT = 1_024;

    /**
     * @throws Refusal 422 with code 602 for what is missing, in Keptn's order: data, source, type
     * @throws KeptnException {@code Invalid} for malformed JSON, wrong types, and a time that is none
     */
    static IncomingEvent parse(byte[] body) {
        if (!(EventJson.read(body) instanceof ObjectNode json)) {
            throw KeptnException.invalid("body", "must be a JSON object");
        }
        text(json, "specversion");
        text(json, "contenttype");
        checkTime(text(json, "time"));
        String source = text(json, "source");
        String type = text(json, "type");
        JsonNode data = json.get("data");
        if (data == null || data.isNull()) {
            throw Violation.required("data in body");
        }
        if (source == null) {
            throw Violation.required("source in body");
        }
        if (type == null) {
            throw Violation.required("type in body");
        }
        if (type.isBlank() || type.length() > MAX_TEXT) {
            throw KeptnException.invalid("type", "must have from 1 to " + MAX_TEXT + " characters");
        }
        JsonNode extensions = json.get("extensions");
        return new IncomingEvent(
                text(json, "id"),
                source,
                type,
                text(json, "shkeptncontext"),
                text(json, "triggeredid"),
                text(json, "gitcommitid"),
                extensions == null || extensions.isNull() ? null : extensions,
                data,
                EventJson.canonical(json));
    }

    /** The event to be kept. */
    KeptnEvent accepted(Instant time) {
        return new KeptnEvent(
                UUID.randomUUID(),
                time,
                type,
                isUri(source) ? source : DEFAULT_SOURCE,
                KeptnContext.of(context),
                triggeredId,
                gitCommitId,
                extensions,
                data);
    }

    /** By what the same event would be known if it came again: the client's key, else its own source and UUID. */
    Optional<Repeat> repeat(Optional<String> idempotencyKey) {
        if (idempotencyKey.isPresent()) {
            return idempotencyKey.map(key -> Repeat.ofIdempotencyKey(key, canonical));
        }
        return id != null && KeptnContext.isUuid(id)
                ? Optional.of(Repeat.ofSourceAndId(source, id, canonical))
                : Optional.empty();
    }

    private static void checkTime(@Nullable String time) {
        if (time != null && !time.isEmpty() && ClientTime.parse(time).isEmpty()) {
            throw KeptnException.invalid("time", "must be a date and time as in RFC 3339");
        }
    }

    private static boolean isUri(String source) {
        try {
            return !source.isBlank()
                    && source.length() <= MAX_TEXT
                    && new URI(source).toString().equals(source);
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static @Nullable String text(ObjectNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw KeptnException.invalid(name, "must be a text");
        }
        return value.textValue();
    }
}
