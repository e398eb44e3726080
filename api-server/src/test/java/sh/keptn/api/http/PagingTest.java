package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class PagingTest {
    private static final List<Integer> THIRTY = IntStream.range(0, 30).boxed().toList();

    @Test
    void givesTwentyAndTheKeyOfTheNextPage() {
        Paging.Page<Integer> page = Paging.of(Query.parse("")).of(THIRTY);

        assertThat(page.items()).hasSize(20);
        assertThat(page.nextPageKey()).isEqualTo("20");
        assertThat(page.totalCount()).isEqualTo(30);
    }

    @Test
    void saysZeroOnTheLastPage() {
        Paging.Page<Integer> page =
                Paging.of(Query.parse("nextPageKey=20&pageSize=20")).of(THIRTY);

        assertThat(page.items()).hasSize(10).startsWith(20);
        assertThat(page.nextPageKey()).isEqualTo("0");
    }

    @Test
    void r19GivesAnEmptyPagePastTheEnd() {
        Paging.Page<Integer> page =
                Paging.of(Query.parse("nextPageKey=1000000000000")).of(THIRTY);

        assertThat(page.items()).isEmpty();
        assertThat(page.nextPageKey()).isEqualTo("0");
    }

    @Test
    void givesAnEmptyPageForSizeZero() {
        assertThat(Paging.of(Query.parse("pageSize=0")).of(THIRTY).items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pageSize=-5", "pageSize=abc", "nextPageKey=-3", "nextPageKey=abc", "pageSize=1.5"})
    void r19RefusesNegativeAndOtherThanWholeNumbers(String query) {
        assertThatThrownBy(() -> Paging.of(Query.parse(query))).isInstanceOf(KeptnException.class);
    }
}
