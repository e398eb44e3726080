package sh.keptn.api.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts a client off that sends its headers byte by byte: each byte is in time for the read time-out, all of them together
 * are not. The thread that reads is interrupted, which closes its socket.
 */
final class HeaderDeadline implements Http1ConnectionListener, AutoCloseable {
    private final Duration time;
    private final Map<String, Reading> reading = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("header-deadline").factory());

    /** One request's headers; compared by identity, so that an old timer never ends a later request. */
    private static final class Reading {
        private final Thread thread = Thread.currentThread();
    }

    HeaderDeadline(Duration time) {
        this.time = time;
    }

    // The future says nothing: the task has no result and cannot fail.
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        Reading mine = new Reading();
        String key = key(connection);
        reading.put(key, mine);
        clock.schedule(
                () -> {
                    if (reading.remove(key, mine)) {
                        mine.thread.interrupt();
                    }
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        reading.remove(key(connection));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private static String key(ConnectionContext connection) {
        return connection.socketId() + connection.childSocketId();
    }
}
