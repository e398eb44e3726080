package sh.keptn.api.http;

import java.util.List;
import sh.keptn.core.error.KeptnException;

/**
 * Keptn's first dialect of paging: {@code pageSize} (20) and {@code nextPageKey}, which is an offset. A page's next key
 * is a string, {@code "0"} on the last page. Negative and other than decimal numbers are refused.
 */
public record Paging(int size, int offset) {
    private static final int DEFAULT_SIZE = 20;
    private static final int MAX_SIZE = 1000;

    /** One page: what is on it, the key of the next, and how many items there are on all pages. */
    public record Page<T>(List<T> items, String nextPageKey, int totalCount) {
        public Page {
            items = List.copyOf(items);
        }
    }

    public static Paging of(Query query) {
        int size = number(query, "pageSize", DEFAULT_SIZE);
        return new Paging(Math.min(size, MAX_SIZE), number(query, "nextPageKey", 0));
    }

    /** The page of a list; past its end an empty one. */
    public <T> Page<T> of(List<T> all) {
        int from = Math.min(offset, all.size());
        int to = (int) Math.min((long) from + size, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : "0", all.size());
    }

    private static int number(Query query, String name, int byDefault) {
        return query.text(name).map(text -> parse(name, text)).orElse(byDefault);
    }

    private static int parse(String name, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return (int) Math.min(number, Integer.MAX_VALUE);
            }
        } catch (NumberFormatException e) {
            // The same answer as for a negative number, below.
        }
        throw KeptnException.invalid(name, "must be a whole number, 0 or above");
    }
}
