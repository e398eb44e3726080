package sh.keptn.api.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sh.keptn.api.http.Refusal;
import sh.keptn.api.http.Request;
import sh.keptn.core.error.KeptnException;

/**
 * The events in one request: one in structured JSON, one whose attributes are headers, or several in one array. A single
 * one in JSON is read as leniently as by Keptn (no id, no version, any time); the others go by the letter.
 *
 * @param batch whether they came in an array, which is answered by an array
 */
record Arrivals(List<Arrival> events, boolean batch) {
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String VERSION_HEADER = "ce-specversion";
    private static final int MAX_BATCH = 100;

    /** One event and its size. */
    record Arrival(IncomingEvent event, int bytes) {}

    Arrivals {
        events = List.copyOf(events);
    }

    /**
     * Reads the body.
     *
     * @throws Refusal 415 for a media type that carries no events
     * @throws KeptnException {@code Invalid} for what is no event; of a batch, for the first that is none
     */
    static Arrivals of(Request request) {
        String contentType = request.header("Content-Type").orElse("");
        String essence = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (essence.equals(BATCH)) {
            return batch(request.body());
        }
        if (request.header(VERSION_HEADER).isPresent()) {
            return binary(request, contentType, essence);
        }
        if (!essence.isEmpty()) {
            request.requireJson();
        }
        byte[] body = request.body();
        if (body.length == 0) {
            throw KeptnException.invalid("body", "is empty");
        }
        request.requireJson();
        return new Arrivals(List.of(new Arrival(structured(body), body.length)), false);
    }

    private static IncomingEvent structured(byte[] body) {
        JsonNode json = EventJson.read(body);
        return json.has("data_base64")
                ? IncomingEvent.parse(CloudEventReader.ofJson(json, "body"))
                : IncomingEvent.parse(json);
    }

    private static Arrivals binary(Request request, String contentType, String essence) {
        if (!essence.equals("application/json") && !(essence.endsWith("+json") && !essence.contains("cloudevents"))) {
            throw new Refusal(415, "the body's Content-Type must be application/json, for the body is the data");
        }
        byte[] body = request.body();
        return new Arrivals(List.of(arrival(CloudEventReader.ofHeaders(request::header, contentType, body))), false);
    }

    private static Arrivals batch(byte[] body) {
        if (!(EventJson.read(body) instanceof ArrayNode array)) {
            throw KeptnException.invalid("body", "must be a JSON array of CloudEvents");
        }
        if (array.size() > MAX_BATCH) {
            throw KeptnException.invalid("body", "has more than " + MAX_BATCH + " events");
        }
        List<Arrival> events = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            events.add(arrival(CloudEventReader.ofJson(array.get(i), "body[" + i + "]")));
        }
        return new Arrivals(events, true);
    }

    private static Arrival arrival(ObjectNode json) {
        return new Arrival(IncomingEvent.parse(json), EventJson.bytes(json).length);
    }
}
