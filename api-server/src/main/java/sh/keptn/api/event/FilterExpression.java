package sh.keptn.api.event;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/** Keptn's filter: {@code key:value} pairs joined by {@code AND}, where a value with commas means any of its parts. */
final class FilterExpression {
    private static final String AND = " AND ";
    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_VALUES = 100;

    private FilterExpression() {}

    /** @throws KeptnException {@code Invalid} for what is no pair, a key that is not known, and a key named twice */
    static Map<EventField, List<String>> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw KeptnException.invalid("filter", "has more than " + MAX_LENGTH + " characters");
        }
        Map<EventField, List<String>> where = new EnumMap<>(EventField.class);
        for (String pair : text.split(AND, -1)) {
            int colon = pair.indexOf(':');
            if (colon <= 0) {
                throw KeptnException.invalid("filter", "must be key:value pairs joined by ' AND '");
            }
            String key = pair.substring(0, colon).strip();
            EventField field = EventField.ofFilterKey(key)
                    .orElseThrow(() -> KeptnException.invalid(
                            "filter", "the key '" + Printable.of(key) + "' is none that events are found by"));
            List<String> values = List.of(pair.substring(colon + 1).strip().split(",", -1));
            if (values.size() > MAX_VALUES) {
                throw KeptnException.invalid("filter", "has more than " + MAX_VALUES + " values for one key");
            }
            if (where.put(field, values) != null) {
                throw KeptnException.invalid("filter", "names the key '" + key + "' twice");
            }
        }
        return where;
    }
}
