package sh.keptn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class InterleavedTest {

    @Test
    void theSidesTakeTurnsInBeginning() {
        List<String> order = new ArrayList<>();

        Interleaved both = Interleaved.rounds(3, side("ours", order), side("git", order));

        assertThat(order).containsExactly("ours0", "git0", "git1", "ours1", "ours2", "git2");
        assertThat(both.ours().count()).isEqualTo(3);
        assertThat(both.beside().count()).isEqualTo(3);
    }

    private static IntFunction<Run> side(String name, List<String> order) {
        return round -> {
            order.add(name + round);
            return Run.of(new long[] {1}, Duration.ofNanos(1));
        };
    }
}
