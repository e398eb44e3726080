package sh.keptn.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptnContextTest {

    @ParameterizedTest
    @CsvSource({
        "abc, 61626320-2020-4020-a020-202020202020",
        "0123456789abcdefXYZ, 30313233-3435-4637-b839-616263646566",
        "a3e5f16d-8888-4720-82c7-6995062905c1, a3e5f16d-8888-4720-82c7-6995062905c1",
        "A3E5F16D-8888-1720-12C7-6995062905C1, A3E5F16D-8888-1720-12C7-6995062905C1",
        "ü, c3bc2020-2020-4020-a020-202020202020",
    })
    void isTheSameForTheSameText(String sent, String context) {
        // when, then
        assertThat(KeptnContext.of(sent)).isEqualTo(context);
    }

    @Test
    void isNewWithoutAText() {
        // when
        UUID context = UUID.fromString(KeptnContext.of(""));
        // then
        assertThat(context.version()).isEqualTo(4);
        assertThat(context.toString()).isNotEqualTo(KeptnContext.of(null));
    }
}
