package sh.keptn.api.http;

import java.util.Optional;
import java.util.function.Function;

/** Lets a caller in or throws: {@code Unauthenticated}, {@code Throttled}, {@code Unavailable}. Reads no body. */
@FunctionalInterface
public interface Gate {
    /**
     * Who it is that may go on.
     *
     * @param peer the address at the other end of the socket
     * @param headers a header's value by its name; empty if it is not there or there more than once
     */
    Caller pass(String peer, Function<String, Optional<String>> headers);
}
