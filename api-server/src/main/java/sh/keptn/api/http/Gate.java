package sh.keptn.api.http;

import java.util.Optional;
import java.util.function.Function;

/** Lets a caller in or throws: {@code Unauthenticated}, {@code Throttled}, {@code Unavailable}. Reads no body. */
@FunctionalInterface
public interface Gate {
    /**
     * Returns for a caller who may go on.
     *
     * @param peer the address at the other end of the socket
     * @param headers a header's value by its name; empty if it is not there or there more than once
     */
    void pass(String peer, Function<String, Optional<String>> headers);
}
