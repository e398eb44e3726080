package sh.keptn.api.http;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;

/**
 * The versions that a client names in {@code If-Match} or {@code If-None-Match}.
 *
 * @param any the client wrote {@code *}: whatever is there
 * @param strong the tags that are no weak ones
 * @param all the weak ones as well
 */
public record EntityTags(boolean any, Set<String> strong, Set<String> all) {
    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"\\s*(?:,|$)");

    public EntityTags {
        strong = Set.copyOf(strong);
        all = Set.copyOf(all);
    }

    /**
     * What a request's header names; empty without it.
     *
     * @throws KeptnException {@code Invalid} for what is no list of tags: a condition that cannot be read must not count
     *     as none
     */
    public static Optional<EntityTags> of(Request request, String header) {
        return request.header(header).map(text -> parse(header, text));
    }

    /** A version as it stands in the header {@code ETag}. */
    public static String quoted(String tag) {
        return '"' + tag + '"';
    }

    /** Whether a GET of that version answers nothing new; weak tags count here. */
    public boolean covers(String tag) {
        return any || all.contains(tag);
    }

    static EntityTags parse(String header, String text) {
        if (text.strip().equals("*")) {
            return new EntityTags(true, Set.of(), Set.of());
        }
        Set<String> strong = new LinkedHashSet<>();
        Set<String> all = new LinkedHashSet<>();
        Matcher matcher = TAG.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            all.add(matcher.group(2));
            if (matcher.group(1) == null) {
                strong.add(matcher.group(2));
            }
            end = matcher.end();
        }
        if (all.isEmpty() || end < text.length()) {
            throw KeptnException.invalid(
                    header, "must be * or a list of quoted versions, as the header ETag gave them");
        }
        return new EntityTags(false, strong, all);
    }
}
