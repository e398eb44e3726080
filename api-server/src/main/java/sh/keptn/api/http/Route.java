package sh.keptn.api.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One path and what it does.
 *
 * @param method the HTTP method; {@link #ANY} for all
 * @param template the path with {@code {name}} for one segment and, at its end, {@code {name...}} for one or more
 * @param parts the template cut at its slashes
 */
record Route(String method, String template, List<String> parts, Access access, Handler handler) {
    static final String ANY = "*";

    Route(String method, String template, Access access, Handler handler) {
        this(method, template, parts(template), access, handler);
    }

    /** Who may come in. */
    enum Access {
        TOKEN,
        OPEN,
        /** Nobody, and the answer is the same with a token and without: Keptn's gateway kept these inside. */
        INTERNAL
    }

    boolean takes(String asked) {
        return method.equals(ANY) || method.equals(asked) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /** The still encoded values of the template's names if the path fits. */
    Optional<Map<String, String>> match(RequestPath path) {
        List<String> pattern = parts;
        List<String> segments = path.segments();
        boolean endsInSlash = template.length() > 1 && template.endsWith("/");
        boolean ignoresSlash = Collection.of(segments).ignoresSlash();
        if (endsInSlash != path.trailingSlash() && !ignoresSlash) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String part = pattern.get(i);
            if (part.endsWith("...}")) {
                if (segments.size() <= i) {
                    return Optional.empty();
                }
                values.put(name(part), String.join("/", segments.subList(i, segments.size())));
                return Optional.of(values);
            }
            if (segments.size() <= i) {
                return Optional.empty();
            }
            if (part.startsWith("{")) {
                values.put(name(part), segments.get(i));
            } else if (!part.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return segments.size() == pattern.size() ? Optional.of(values) : Optional.empty();
    }

    private static List<String> parts(String template) {
        List<String> parts = new ArrayList<>();
        for (String part : template.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return List.copyOf(parts);
    }

    private static String name(String part) {
        return part.replaceAll("[{}.]", "");
    }
}
