package sh.keptn.api.event.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.event.EventJson;
import sh.keptn.api.event.EventTail.Numbered;
import sh.keptn.api.event.Walk;
import sh.keptn.api.http.Answer;
import sh.keptn.core.error.KeptnException;

/**
 * One client's stream: reads the store at the client's own pace and holds no more than one small part of it. Every
 * message says in its {@code id} how far the client has come; those without data only say that.
 */
final class EventStream implements Answer.Streamed {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 250;
    private static final int AT_ONCE = 20;
    private static final String RETRY = "retry: 2000\n";

    private final Walk walk;
    private final StreamFilter filter;
    private final SlowReaders slow;
    private final CountDownLatch closing;
    private final Clock clock;
    private final Runnable ended;

    EventStream(Walk walk, StreamFilter filter, SlowReaders slow, CountDownLatch closing, Clock clock, Runnable ended) {
        this.walk = walk;
        this.filter = filter;
        this.slow = slow;
        this.closing = closing;
        this.clock = clock;
        this.ended = ended;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        write(out, RETRY + progress());
        Instant written = clock.instant();
        boolean more = false;
        while (more || !isOver()) {
            List<Numbered> read = next();
            String messages = messages(read);
            if (messages.isEmpty() && written.plus(HEARTBEAT).isBefore(clock.instant())) {
                messages = ": still here\n" + progress();
            }
            if (!messages.isEmpty()) {
                write(out, messages);
                written = clock.instant();
            }
            more = !read.isEmpty() && closing.getCount() > 0;
        }
    }

    /** Gives the client's place to the next. */
    @Override
    public void close() {
        ended.run();
    }

    private List<Numbered> next() {
        try {
            return walk.next(AT_ONCE);
        } catch (KeptnException notNow) {
            log.atDebug().setCause(notNow).log("the store does not answer, and the stream waits");
            return List.of();
        }
    }

    private String messages(List<Numbered> read) {
        StringBuilder messages = new StringBuilder();
        for (Numbered one : read) {
            if (filter.takes(one.event())) {
                // Compact JSON has no line breaks, so that one data line is enough.
                messages.append("id: ").append(one.number()).append("\ndata: ");
                messages.append(EventJson.toText(one.event())).append("\n\n");
            }
        }
        return messages.toString();
    }

    private String progress() {
        return "id: " + walk.position() + "\n\n";
    }

    private void write(OutputStream out, String text) throws IOException {
        slow.limit(() -> {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        });
    }

    /** Waits a moment; true when the server stops. */
    private boolean isOver() throws IOException {
        try {
            return closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the stream is cut", e);
        }
    }
}
