package sh.keptn.api.http;

import java.util.Arrays;
import java.util.List;

/**
 * Keptn's collections, each of which was a server of its own behind a gateway and has kept its manners: whether a token
 * is asked for before or after a path is looked up, and what an unknown path answers.
 */
enum Collection {
    CONTROL_PLANE("controlPlane", Order.TOKEN_FIRST, Unrouted.PLAIN_404, Slash.MATTERS),
    RESOURCE_SERVICE("resource-service", Order.TOKEN_FIRST, Unrouted.PLAIN_404, Slash.MATTERS),
    MONGODB_DATASTORE("mongodb-datastore", Order.TOKEN_FIRST, Unrouted.JSON_404_405, Slash.IGNORED),
    /** Everything below {@code /api} that belongs to no other, and what lies outside. */
    API_SERVICE("", Order.ROUTE_FIRST, Unrouted.JSON_404_405, Slash.MATTERS);

    private final String segment;
    private final Order order;
    private final Unrouted unrouted;
    private final Slash slash;

    Collection(String segment, Order order, Unrouted unrouted, Slash slash) {
        this.segment = segment;
        this.order = order;
        this.unrouted = unrouted;
        this.slash = slash;
    }

    enum Order {
        TOKEN_FIRST,
        ROUTE_FIRST
    }

    enum Unrouted {
        /** 404 as text for an unknown path and for a wrong method. */
        PLAIN_404,
        /** 404 and 405 in Keptn's body. */
        JSON_404_405
    }

    enum Slash {
        /** With a slash at its end it is another path, which does not exist. */
        MATTERS,
        IGNORED
    }

    /** To which collection a path belongs; the names are case-sensitive. */
    static Collection of(List<String> segments) {
        if (segments.size() < 2 || !segments.getFirst().equals("api")) {
            return API_SERVICE;
        }
        return Arrays.stream(values())
                .filter(collection -> collection.segment.equals(segments.get(1)))
                .findFirst()
                .orElse(API_SERVICE);
    }

    Order order() {
        return order;
    }

    Unrouted unrouted() {
        return unrouted;
    }

    boolean ignoresSlash() {
        return slash == Slash.IGNORED;
    }
}
