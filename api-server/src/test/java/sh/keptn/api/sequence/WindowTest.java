package sh.keptn.api.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.http.GivenRequest;
import sh.keptn.core.error.KeptnException;

class WindowTest {
    private static final List<Integer> THIRTY = IntStream.range(0, 30).boxed().toList();

    @ParameterizedTest
    @ValueSource(strings = {"", "pageSize=0", "pageSize=-3", "pageSize=99999999999", "nextPageKey=0", "nextPageKey=-1"})
    void givesEverythingWithoutASize(String query) {
        // when
        Window.Part<Integer> part = window(query).of(THIRTY);
        // then
        assertThat(part.items()).isEqualTo(THIRTY);
        assertThat(part.nextPageKey()).isNull();
        assertThat(part.totalCount()).isEqualTo(30);
    }

    @Test
    void givesTheKeyOfTheNextPageAsANumber() {
        // when
        Window.Part<Integer> part = window("pageSize=20&nextPageKey=5").of(THIRTY);
        // then
        assertThat(part.items()).hasSize(20).startsWith(5);
        assertThat(part.nextPageKey()).isEqualTo(25);
    }

    @Test
    void r19GivesAnEmptyPagePastTheEnd() {
        // when
        Window.Part<Integer> part =
                window("pageSize=20&nextPageKey=99999999999").of(THIRTY);
        // then
        assertThat(part.items()).isEmpty();
        assertThat(part.nextPageKey()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pageSize=abc", "nextPageKey=1.5", "pageSize=99999999999999999999"})
    void r19RefusesWhatIsNoNumber(String query) {
        assertThatThrownBy(() -> window(query)).isInstanceOf(KeptnException.class);
    }

    private static Window window(String query) {
        return Window.of(GivenRequest.query(query));
    }
}
