package sh.keptn.api.http;

import io.helidon.http.RequestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * A request's body, read when a handler asks for it and never before: a caller who is turned away costs no memory. Reads
 * at most the limit and one buffer more, and gives up on a client that sends too slowly.
 */
final class Body implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    /** A length is believed this far before the bytes are there. */
    private static final int FIRST_CAPACITY = 64 * 1024;

    private final Supplier<InputStream> stream;
    private final long limit;
    private final OptionalLong announced;
    private final Duration deadline;
    private final Clock clock;
    private final BodyMemory memory;
    private Optional<BodyMemory.Claim> claim = Optional.empty();
    private State state = State.UNTOUCHED;

    /** How far the body has been read. */
    enum State {
        UNTOUCHED,
        READ,
        /** Begun and given up: what is still to come cannot be told from a next request. */
        BROKEN
    }

    /**
     * A body that nobody has read yet.
     *
     * @param announced its length by the request's header; empty where it comes in chunks
     */
    Body(Supplier<InputStream> stream, OptionalLong announced, HttpLimits limits, BodyMemory memory, Clock clock) {
        this.stream = stream;
        this.limit = limits.bodyBytes();
        this.announced = announced;
        this.deadline = limits.bodyDeadline();
        this.memory = memory;
        this.clock = clock;
    }

    State state() {
        return state;
    }

    byte[] read() {
        return read(limit);
    }

    /**
     * The same with a limit of its own, if that is the lower one. What is announced to be larger is refused unread.
     *
     * @throws KeptnException {@code TooLarge}
     */
    byte[] read(long atMost) {
        long most = Math.min(limit, atMost);
        if (announced.orElse(0) > most) {
            throw new KeptnException(new KeptnError.TooLarge("body", most));
        }
        long length = announced.orElse(most);
        if (claim.isEmpty()) {
            claim = Optional.of(memory.claim(length));
        }
        state = State.BROKEN;
        Instant end = clock.instant().plus(deadline);
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(length, FIRST_CAPACITY));
        byte[] buffer = new byte[BUFFER];
        // Never closed: closing reads on to the end of a body, which is what a refusal wants to spare.
        InputStream in = stream.get();
        for (int read = next(in, buffer); read >= 0; read = next(in, buffer)) {
            out.write(buffer, 0, read);
            if (out.size() > most) {
                throw new KeptnException(new KeptnError.TooLarge("body", most));
            }
            if (clock.instant().isAfter(end)) {
                throw new Refusal(408, "the body took longer than " + deadline.toSeconds() + " seconds");
            }
        }
        state = State.READ;
        return out.toByteArray();
    }

    /** Gives back the memory that was claimed for it; comes with the answer, for until then it is worked on. */
    @Override
    public void close() {
        claim.ifPresent(BodyMemory.Claim::close);
        claim = Optional.empty();
    }

    /** Whatever goes wrong while reading is the client's doing: bad framing, a pause too long, a broken connection. */
    private static int next(InputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (RequestException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new Refusal(400, "the body could not be read to its end");
        }
    }
}
