package sh.keptn.api.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Json;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/**
 * A secret as a client wants it to be. Prints without its values.
 *
 * @param data Base64 by key, as Kubernetes keeps it
 */
record GivenSecret(SecretName name, Scope scope, Map<String, String> data) {
    /** What Kubernetes takes in one Secret. */
    static final int MAX_BYTES = 1 << 20;

    private static final int MAX_KEY = 253;
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");

    GivenSecret {
        data = Map.copyOf(data);
    }

    private record Body(
            @Nullable String name,
            @Nullable String scope,
            @Nullable Map<String, @Nullable String> data) {
        @Override
        public String toString() {
            return "Body[***]";
        }
    }

    /**
     * Reads {@code {"name":"...","scope":"...","data":{"key":"value"}}}.
     *
     * @param scopeByDefault the scope of one that names none; empty where it has to
     */
    static GivenSecret parse(byte[] json, Scopes scopes, Optional<String> scopeByDefault) {
        Body body = read(json);
        SecretName name = new SecretName(Optional.ofNullable(body.name()).orElse(""));
        String scope = Optional.ofNullable(body.scope())
                .filter(text -> !text.isEmpty())
                .or(() -> scopeByDefault)
                .orElseThrow(() -> KeptnException.invalid("scope", "is missing"));
        return new GivenSecret(
                name,
                scopes.require(scope),
                encoded(Optional.ofNullable(body.data()).orElse(Map.of())));
    }

    private static Body read(byte[] json) {
        try {
            return Json.read(json, Body.class, Json.Unknown.IGNORED);
        } catch (KeptnException e) {
            // Without its cause, which quotes what stands there and may reach the log.
            throw new KeptnException(e.error());
        }
    }

    private static Map<String, String> encoded(Map<String, @Nullable String> data) {
        Map<String, String> encoded = new TreeMap<>();
        long total = 0;
        for (var entry : data.entrySet()) {
            requireKey(entry.getKey());
            String value = entry.getValue();
            if (value == null) {
                throw KeptnException.invalid("data." + entry.getKey(), "is null");
            }
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            total += bytes.length;
            if (total > MAX_BYTES) {
                throw new KeptnException(new KeptnError.TooLarge("data", MAX_BYTES));
            }
            encoded.put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
        }
        return encoded;
    }

    private static void requireKey(String key) {
        if (key.length() > MAX_KEY) {
            throw KeptnException.invalid("data", "keys must be no more than " + MAX_KEY + " characters");
        }
        if (!KEY.matcher(key).matches() || key.equals(".") || key.startsWith("..")) {
            throw KeptnException.invalid(
                    "data", "key '" + Printable.of(key) + "' must be letters, digits, '-', '_' and '.'");
        }
    }

    @Override
    public String toString() {
        return "GivenSecret[" + name + ", " + scope + ", ***]";
    }
}
