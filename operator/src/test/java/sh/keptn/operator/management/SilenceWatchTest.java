package sh.keptn.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private final Map<String, String> live = new HashMap<>();
    private final Map<String, String> cached = new HashMap<>();
    private final SilenceWatch watch = new SilenceWatch("keptnprojects", () -> live, () -> cached);

    @Test
    void aVersionThatNeverArrivesMeansSilence() {
        cached.put("sockshop", "1");
        live.put("sockshop", "2");
        watch.look();
        assertThat(watch.flaw()).as("one look proves nothing").isEmpty();

        watch.look();

        assertThat(watch.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("sockshop"));
    }

    @Test
    void aBusyWatchThatIsAlwaysALittleBehindIsNotSilent() {
        cached.put("sockshop", "1");
        live.put("sockshop", "2");
        watch.look();
        cached.put("sockshop", "2");
        live.put("sockshop", "3");

        watch.look();

        assertThat(watch.flaw()).isEmpty();
    }
}
