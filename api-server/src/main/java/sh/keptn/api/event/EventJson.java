package sh.keptn.api.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Events as JSON, without loss: any key, any number as it was written, any text, within the limits of the body. */
public final class EventJson {
    /** Keptn's Go clients read exactly three digits. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final int MAX_DEPTH = 100;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
    private static final ObjectWriter CANONICAL =
            MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED).with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private EventJson() {}

    /** The JSON in the bytes. */
    static JsonNode read(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node == null || node.isMissingNode()) {
                throw KeptnException.invalid("body", "is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new KeptnException(new KeptnError.Invalid("body", "is not valid JSON"), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same text for the same JSON, whatever its blanks and the order of its keys. */
    static String canonical(JsonNode node) {
        return text(CANONICAL, node);
    }

    /** Bytes of the node as answers carry it. */
    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The event as clients see it: absent attributes are left out. */
    public static ObjectNode toJson(KeptnEvent event) {
        ObjectNode json = object();
        json.put("contenttype", "application/json");
        json.set("data", event.data());
        put(json, "extensions", event.extensions());
        put(json, "gitcommitid", event.gitCommitId());
        json.put("id", event.id().toString());
        json.put("shkeptncontext", event.keptnContext());
        json.put("source", event.source());
        json.put("specversion", "1.0");
        json.put("time", TIME.format(event.time()));
        put(json, "triggeredid", event.triggeredId());
        json.put("type", event.type());
        return json;
    }

    /** The event as text for a store: plain ASCII, so that no encoding on the way can change it. */
    public static String toText(KeptnEvent event) {
        return text(ASCII, toJson(event));
    }

    /** What {@link #toText} made, with the time to the microsecond, which the text does not hold. */
    public static KeptnEvent fromText(String text, Instant time) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return new KeptnEvent(
                UUID.fromString(json.path("id").asText()),
                time,
                json.path("type").asText(),
                json.path("source").asText(),
                json.path("shkeptncontext").asText(),
                text(json, "triggeredid"),
                text(json, "gitcommitid"),
                json.get("extensions"),
                json.path("data"));
    }

    static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null ? null : value.textValue();
    }

    private static String text(ObjectWriter writer, JsonNode node) {
        try {
            return writer.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable JsonNode value) {
        if (value != null) {
            json.set(name, value);
        }
    }
}
