package sh.keptn.api.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Percent;
import sh.keptn.api.http.Percent.Plus;
import sh.keptn.api.http.Refusal;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/**
 * Events by the letter of CloudEvents, as the official SDK understands them: id, source, type and version are required.
 * What comes out is the same event in Keptn's form.
 */
final class CloudEventReader {
    private static final String HEADER = "ce-";
    private static final List<String> KEPTNS = List.of("shkeptncontext", "triggeredid", "gitcommitid");
    private static final List<String> ATTRIBUTES = List.of("id", "source", "type", "time", "subject", "dataschema");
    private static final JsonMapper MAPPER = EventJson.with(JsonFormat.getCloudEventJacksonModule());

    private CloudEventReader() {}

    /**
     * One event in structured JSON.
     *
     * @param where it stands, for the message of a refusal
     */
    static ObjectNode ofJson(JsonNode json, String where) {
        try {
            return keptns(MAPPER.treeToValue(json, CloudEvent.class), where);
        } catch (JsonProcessingException e) {
            throw noCloudEvent(where, e);
        }
    }

    /** One event whose attributes are the headers with {@code ce-}, and whose data is the body. */
    static ObjectNode ofHeaders(Function<String, Optional<String>> headers, String contentType, byte[] body) {
        CloudEvent event;
        try {
            String version = attribute(headers, "specversion").orElse("");
            CloudEventBuilder builder = CloudEventBuilder.fromSpecVersion(SpecVersion.parse(version));
            for (String name : ATTRIBUTES) {
                attribute(headers, name).ifPresent(value -> builder.withContextAttribute(name, value));
            }
            for (String name : KEPTNS) {
                attribute(headers, name).ifPresent(value -> builder.withExtension(name, value));
            }
            builder.withDataContentType(contentType);
            event = (body.length == 0 ? builder : builder.withData(body)).build();
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw noCloudEvent("headers", e);
        }
        return keptns(event, "body");
    }

    private static Optional<String> attribute(Function<String, Optional<String>> headers, String name) {
        return headers.apply(HEADER + name)
                .map(raw -> Percent.decode(raw, Plus.IS_ITSELF)
                        .orElseThrow(() -> KeptnException.invalid(HEADER + name, "holds a malformed percent-escape")));
    }

    private static ObjectNode keptns(CloudEvent event, String where) {
        ObjectNode json = EventJson.object();
        json.put("specversion", event.getSpecVersion().toString());
        json.put("id", event.getId());
        json.put("source", event.getSource().toString());
        json.put("type", event.getType());
        if (event.getTime() != null) {
            json.put("time", event.getTime().toString());
        }
        for (String name : KEPTNS) {
            Object value = event.getExtension(name);
            if (value != null) {
                json.put(name, value.toString());
            }
        }
        json.set("data", data(event, where));
        return json;
    }

    private static JsonNode data(CloudEvent event, String where) {
        requireJson(event.getDataContentType(), where);
        CloudEventData data = event.getData();
        if (data == null) {
            throw Violation.required("data in " + where);
        }
        return data instanceof JsonCloudEventData json ? json.getNode() : EventJson.read(data.toBytes());
    }

    /** Without a type the data is JSON, by the rules of the JSON format. */
    private static void requireJson(@Nullable String contentType, String where) {
        if (contentType == null) {
            return;
        }
        String essence = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals("application/json") && !essence.endsWith("+json")) {
            throw new Refusal(415, "the data in " + where + " must be JSON");
        }
    }

    private static KeptnException noCloudEvent(String where, Exception cause) {
        String why = Optional.ofNullable(cause.getMessage())
                .orElse("")
                .lines()
                .findFirst()
                .orElse("");
        return new KeptnException(new KeptnError.Invalid(where, "is no CloudEvent: " + Printable.of(why)), cause);
    }
}
