package sh.keptn.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * A request's body, read when a handler asks for it and never before: a caller who is turned away costs no memory. Reads
 * at most the limit and one buffer more, and gives up on a client that sends too slowly.
 */
final class Body {
    private static final int BUFFER = 16 * 1024;

    private final Supplier<InputStream> stream;
    private final long limit;
    private final Duration deadline;
    private final Clock clock;

    Body(Supplier<InputStream> stream, long limit, Duration deadline, Clock clock) {
        this.stream = stream;
        this.limit = limit;
        this.deadline = deadline;
        this.clock = clock;
    }

    byte[] read() {
        Instant end = clock.instant().plus(deadline);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = stream.get()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (out.size() > limit) {
                    throw new KeptnException(new KeptnError.TooLarge("body", limit));
                }
                if (clock.instant().isAfter(end)) {
                    throw new Refusal(408, "the body took longer than " + deadline.toSeconds() + " seconds");
                }
            }
        } catch (IOException e) {
            throw new Refusal(400, "the body could not be read to its end");
        }
        return out.toByteArray();
    }
}
