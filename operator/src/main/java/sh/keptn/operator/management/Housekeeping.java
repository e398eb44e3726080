package sh.keptn.operator.management;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chore at an interval, on a thread of its own. One that fails is logged and done again next time. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final Thread thread;

    private Housekeeping(Thread thread) {
        this.thread = thread;
    }

    /** Does the chore for the first time after one interval. */
    public static Housekeeping every(Duration interval, String name, Runnable chore) {
        return new Housekeeping(Thread.ofPlatform().daemon().name(name).start(() -> repeat(interval, name, chore)));
    }

    private static void repeat(Duration interval, String name, Runnable chore) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(interval);
                chore.run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.atWarn().addKeyValue("chore", name).setCause(e).log("chore failed");
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
