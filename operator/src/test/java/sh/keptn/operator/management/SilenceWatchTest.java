package sh.keptn.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private final Map<String, Long> live = new HashMap<>();
    private final Map<String, Long> cached = new HashMap<>();
    private final Map<String, Long> page = new HashMap<>();
    private final SilenceWatch watch = new SilenceWatch(
            "keptnprojects",
            new SilenceWatch.Shown() {
                @Override
                public Map<String, Long> page() {
                    return Map.copyOf(page);
                }

                @Override
                public Optional<Long> version(String name) {
                    return Optional.ofNullable(live.get(name));
                }
            },
            name -> Optional.ofNullable(cached.get(name)));

    @Test
    void c4AVersionThatNeverArrivesMeansSilence() {
        cached.put("sockshop", 1L);
        show("sockshop", 2L);
        watch.look();
        assertThat(watch.flaw()).as("one look proves nothing").isEmpty();

        watch.look();

        assertThat(watch.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("sockshop"));
    }

    @Test
    void c4SilenceEndsWithTheVersionThatArrivesAfterAll() {
        show("sockshop", 2L);
        watch.look();
        watch.look();
        cached.put("sockshop", 3L);

        watch.look();

        assertThat(watch.flaw()).isEmpty();
    }

    @Test
    void c4SilenceIsRememberedWhileOtherPagesAreLookedAt() {
        show("sockshop", 2L);
        watch.look();
        page.clear();

        watch.look();
        watch.look();

        assertThat(watch.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("sockshop"));
    }

    @Test
    void aBusyWatchThatIsAlwaysALittleBehindIsNotSilent() {
        cached.put("sockshop", 1L);
        show("sockshop", 2L);
        watch.look();
        cached.put("sockshop", 2L);
        show("sockshop", 3L);

        watch.look();

        assertThat(watch.flaw()).isEmpty();
    }

    @Test
    void whatIsGoneByNowWasNotMissed() {
        show("sockshop", 2L);
        watch.look();
        live.clear();
        page.clear();

        watch.look();

        assertThat(watch.flaw()).isEmpty();
    }

    @Test
    void aPageThatIsOlderThanTheCacheIsNoSilence() {
        cached.put("sockshop", 5L);
        show("sockshop", 4L);

        watch.look();
        watch.look();

        assertThat(watch.flaw()).isEmpty();
    }

    private void show(String name, long version) {
        live.put(name, version);
        page.put(name, version);
    }
}
