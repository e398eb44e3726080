package sh.keptn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    @Test
    void everyClientTakesEveryTurnOnce() {
        Set<String> done = ConcurrentHashMap.newKeySet();

        Run run = ClosedLoop.run(3, 4, (client, turn) -> done.add(client + "." + turn));

        assertThat(run.count()).isEqualTo(12);
        assertThat(done).hasSize(12).contains("0.0", "2.3");
    }

    @Test
    void oneWrongAnswerMakesTheWholeRunVoid() {
        assertThatThrownBy(() -> ClosedLoop.run(4, 2, (client, turn) -> VoidRun.unless(client != 3, "client 3 lost")))
                .isInstanceOf(VoidRun.class)
                .hasMessageContaining("client 3 lost");
    }

    @Test
    void aConnectionThatBreaksMakesTheRunOfOneClientVoidToo() {
        assertThatThrownBy(() -> ClosedLoop.alone(2, (client, turn) -> {
                    throw new IOException("broken");
                }))
                .isInstanceOf(VoidRun.class)
                .hasMessageContaining("broken");
    }
}
