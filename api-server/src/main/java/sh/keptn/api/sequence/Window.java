package sh.keptn.api.sequence;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sh.keptn.api.http.Query;
import sh.keptn.core.error.KeptnException;

/**
 * Keptn's second dialect of paging: {@code pageSize} and {@code nextPageKey} are whole numbers, no size or one that is
 * not above 0 means everything, and the next key is a number that is missing on the last page.
 */
record Window(Optional<Integer> size, int offset) {

    /** What the window shows: the items, the next key if there is one, and how many there are in all. */
    record Part<T>(List<T> items, @Nullable Integer nextPageKey, int totalCount) {
        Part {
            items = List.copyOf(items);
        }
    }

    static Window of(Query query) {
        return new Window(
                number(query, "pageSize").filter(size -> size > 0),
                number(query, "nextPageKey").filter(key -> key > 0).orElse(0));
    }

    <T> Part<T> of(List<T> all) {
        int from = Math.min(offset, all.size());
        int left = all.size() - from;
        int to = from + Math.min(size.orElse(left), left);
        return new Part<>(all.subList(from, to), to < all.size() ? to : null, all.size());
    }

    private static Optional<Integer> number(Query query, String name) {
        return query.text(name).map(text -> parse(name, text));
    }

    private static int parse(String name, String text) {
        try {
            return Math.clamp(Long.parseLong(text), Integer.MIN_VALUE, Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            throw KeptnException.invalid(name, "must be a whole number");
        }
    }
}
