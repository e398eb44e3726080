package sh.keptn.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameListTest {
    @Test
    void readsNamesWithBlanksAroundThemAndKeepsTheirOrder() {
        assertThat(NameList.parse(" prod, dev ,,dev").names()).containsExactly("prod", "dev");
    }

    @Test
    void writesWhatItReads() {
        assertThat(NameList.parse("prod,dev")
                        .plus(List.of("qa"))
                        .minus(List.of("dev"))
                        .text())
                .isEqualTo("prod,qa");
    }
}
