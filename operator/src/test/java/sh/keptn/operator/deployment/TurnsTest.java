package sh.keptn.operator.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger greedy = new AtomicInteger();
    private final AtomicInteger modest = new AtomicInteger();
    private final Turns turns = new Turns(3, 2);

    @AfterEach
    void end() {
        end.countDown();
        threads.close();
    }

    @Test
    void whoWantsMuchLeavesRoomForTheOthers() {
        for (int count = 0; count < 10; count++) {
            work("greedy", greedy);
        }
        await().until(() -> greedy.get() == 2);

        work("modest", modest);

        await().until(() -> modest.get() == 1);
        assertThat(greedy).hasValue(2);
    }

    @Test
    void neverMoreThanAllAtOneTime() {
        for (String owner : new String[] {"a", "b", "c", "d"}) {
            work(owner, greedy);
        }
        await().until(() -> greedy.get() == 3 && turns.owners() == 4);

        end.countDown();

        await().until(() -> greedy.get() == 4);
    }

    @Test
    void forgetsThoseWhoAreDoneHoweverThatWent() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> turns.take("a", () -> {
                    throw new IllegalStateException();
                }));

        assertThat(turns.owners()).isZero();
        assertThat(turns.take("a", () -> "done")).isEqualTo("done");
    }

    private void work(String owner, AtomicInteger began) {
        threads.execute(() -> turns.take(owner, () -> {
            began.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return began;
        }));
    }
}
