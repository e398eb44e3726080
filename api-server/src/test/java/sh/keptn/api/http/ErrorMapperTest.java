package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;

class ErrorMapperTest {
    private final ErrorMapper mapper = new ErrorMapper();

    @ParameterizedTest
    @CsvSource({
        "DNS,503", "CONNECT,503", "TIMEOUT,503", "PROXY,503", "UNAVAILABLE,503", "DIVERGED,503",
        "NOT_FOUND,404", "NOT_A_REPOSITORY,404", "TLS,424", "HOST_KEY,424", "AUTH,424", "REDIRECT,424",
        "REJECTED,424", "ADDRESS_REFUSED,422", "TOO_LARGE,413",
    })
    void givesEveryFaultOfTheUpstreamItsStatus(UpstreamFault fault, int status) {
        Answer answer = mapper.map(KeptnException.upstream(fault, "why", null));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers().containsKey("Retry-After")).isEqualTo(status == 503);
    }

    @Test
    void answersInKeptnsBody() {
        Answer answer = mapper.map(KeptnException.notFound("project", "p"));

        assertThat(answer.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"code\":404,\"message\":\"project 'p' not found\"}");
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void saysWhenToComeBackToOneWhoIsThrottled() {
        Answer answer = mapper.map(new KeptnException(new KeptnError.Throttled("slow down", Duration.ofMillis(300))));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void tellsNothingOfTheUnexpectedButAnId() {
        Answer answer = mapper.unexpected(new IllegalStateException("/secret/path"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).doesNotContain("secret");
    }
}
