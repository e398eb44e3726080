package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** Promise P10: bodies together take no more than their share. */
class BodyMemoryTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void refusesWhatHasNoRoom() {
        BodyMemory memory = new BodyMemory(2 * MEGABYTE, Duration.ZERO);
        BodyMemory.Claim first = memory.claim(MEGABYTE);
        BodyMemory.Claim second = memory.claim(MEGABYTE);

        assertThatThrownBy(() -> memory.claim(1))
                .isInstanceOfSatisfying(
                        KeptnException.class,
                        refused -> assertThat(refused.error()).isInstanceOf(KeptnError.Unavailable.class));
        first.close();
        second.close();
    }

    @Test
    void givesBackWhatWasClaimed() {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ZERO);

        memory.claim(MEGABYTE).close();

        assertThat(memory.claim(MEGABYTE).units()).isEqualTo(64);
    }

    @Test
    void letsOneInThatIsLargerThanAllOfIt() {
        BodyMemory memory = new BodyMemory(MEGABYTE, Duration.ZERO);

        assertThat(memory.claim(5 * MEGABYTE).units()).isEqualTo(64);
    }
}
