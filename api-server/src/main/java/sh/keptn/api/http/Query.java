package sh.keptn.api.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sh.keptn.api.http.Percent.Plus;
import sh.keptn.core.error.KeptnException;

/** The query parameters of a request, decoded. A repeated parameter counts by its first value, as in Keptn. */
public final class Query {
    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    static Query parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new Query(values);
    }

    /** The parameter's first value; empty if it is not there or is blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(List::getFirst).filter(value -> !value.isBlank());
    }

    /** Whether the parameter is there at all, with a value or without. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    private static String decode(String text) {
        return Percent.decode(text, Plus.IS_BLANK)
                .orElseThrow(() -> KeptnException.invalid("query", "holds a malformed percent-escape"));
    }
}
