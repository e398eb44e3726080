package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {
    @Test
    void toleratesDoubledSlashesAndKeepsEncodedOnesInTheirName() {
        RequestPath path = RequestPath.of("/api//project/p//resource/a%2Fb");

        assertThat(path.segments()).containsExactly("api", "project", "p", "resource", "a%2Fb");
        assertThat(path.trailingSlash()).isFalse();
    }

    @Test
    void seesASlashAtTheEnd() {
        assertThat(RequestPath.of("/api/swagger-ui/").trailingSlash()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/../x", "/api/./x", "/api/%2e%2e/x", "/api/%2E", "/api/a%", "/api/%zz"})
    void refusesDotSegmentsAndBadEscapes(String raw) {
        assertThatThrownBy(() -> RequestPath.of(raw)).isInstanceOf(Refusal.class);
    }
}
