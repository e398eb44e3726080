package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/problem+json",
                "application/json, application/problem+json",
                "application/problem+json;q=0.9, application/json;q=0.5",
                "application/problem+json;q=0.5, */*;q=0.1",
                "Application/Problem+JSON ; Q=1",
            })
    void isAskedForWhereItIsNamedAndNotLikedLess(String accept) {
        assertThat(Problem.isAskedFor(accept)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json",
                "application/problem+json;q=0",
                "application/problem+json;q=0.5, application/json",
                "application/problem+json;q=0.5, */*",
                "application/problem+json;q=x",
                "",
            })
    void isNotAskedForElsewhere(String accept) {
        assertThat(Problem.isAskedFor(accept)).isFalse();
    }

    @Test
    void keepsStatusAndHeadersOfTheRefusal() {
        Answer refusal = ErrorMapper.answer(503, "come again").with("Retry-After", "5");

        Answer problem = Problem.asAsked(refusal, Optional.of("application/problem+json"));

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.headers()).containsEntry("Retry-After", "5").containsEntry("Content-Type", Problem.TYPE);
        assertThat(Json.tree(problem.body()).path("detail").asText()).isEqualTo("come again");
    }

    @Test
    void leavesWhatIsNoRefusalAsItIs() {
        Answer answer = Answer.json(200, "fine");

        assertThat(Problem.asAsked(answer, Optional.of("application/problem+json")))
                .isSameAs(answer);
    }
}
