package sh.keptn.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/**
 * JSON at the edge: read strictly and within limits, written compactly. Strict means that a number is no text and that
 * a name stands once; limits mean 100 levels, and what the body's own limit leaves of everything else.
 */
public final class Json {
    private static final int MAX_DEPTH = 100;
    private static final JsonMapper LENIENT = mapper().build();
    private static final JsonMapper CLOSED =
            mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    /** What happens to a field that nobody knows. */
    public enum Unknown {
        IGNORED,
        REFUSED
    }

    /**
     * Reads one value.
     *
     * @throws KeptnException {@code Invalid} for an empty body, malformed JSON, wrong types, and unknown fields if so told
     */
    public static <T> T read(byte[] body, Class<T> type, Unknown unknown) {
        try {
            T value = (unknown == Unknown.REFUSED ? CLOSED : LENIENT).readValue(body, type);
            if (value == null) {
                throw KeptnException.invalid("body", "is null");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw invalid("unknown field '" + Printable.of(e.getPropertyName()) + "'", e);
        } catch (JsonMappingException e) {
            String field = e.getPath().stream().map(Json::nameOf).collect(Collectors.joining("."));
            throw invalid(
                    field.isEmpty() ? "is empty, or no object" : "wrong type at '" + Printable.of(field) + "'", e);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String place = where == null ? "" : " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
            throw invalid("is not valid JSON" + place, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body as a tree, within the same limits. */
    public static JsonNode tree(byte[] body) {
        return read(body, JsonNode.class, Unknown.IGNORED);
    }

    /** Absent values are left out. */
    public static byte[] write(Object value) {
        try {
            return LENIENT.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeptnException invalid(String why, Throwable cause) {
        return new KeptnException(new KeptnError.Invalid("body", why), cause);
    }

    private static String nameOf(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? Integer.toString(reference.getIndex()) : reference.getFieldName();
    }

    private static JsonMapper.Builder mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(100)
                        .maxNameLength(10_000)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
    }
}
