package sh.keptn.api.uniform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;

/** A subscription as clients send it: anything may be missing. */
record SubscriptionBody(@Nullable String event, @Nullable FilterBody filter) {
    static final int MAX_TEXT = 512;
    private static final int MAX_NAMES = 200;

    record FilterBody(
            @Nullable JsonNode projects,
            @Nullable JsonNode stages,
            @Nullable JsonNode services) {
        Filter filter() {
            return new Filter(
                    names("filter.projects", projects),
                    names("filter.stages", stages),
                    names("filter.services", services));
        }

        private static List<String> names(String field, @Nullable JsonNode list) {
            if (list == null || list.isNull()) {
                return List.of();
            }
            if (!(list instanceof ArrayNode array) || array.size() > MAX_NAMES) {
                throw KeptnException.invalid(field, "must be a list of at most " + MAX_NAMES + " names");
            }
            List<String> names = new ArrayList<>();
            for (JsonNode name : array) {
                if (!name.isTextual() || name.textValue().length() > MAX_TEXT) {
                    throw KeptnException.invalid(field, "must hold names of at most " + MAX_TEXT + " characters");
                }
                names.add(name.textValue());
            }
            return names;
        }
    }

    Subscription named(String id) {
        return new Subscription(
                id,
                checked("event", event),
                filter == null ? new Filter(List.of(), List.of(), List.of()) : filter.filter());
    }

    /** The text, or an empty one. */
    static String checked(String field, @Nullable String text) {
        if (text == null) {
            return "";
        }
        if (text.length() > MAX_TEXT) {
            throw KeptnException.invalid(field, "has more than " + MAX_TEXT + " characters");
        }
        return text;
    }
}
