package sh.keptn.api.docs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.HttpCalls.Reply;
import sh.keptn.api.HttpCalls.Seen;

class AnswerCheckerTest {
    private final AnswerChecker checker = new AnswerChecker();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/v1/event | 200 | application/json | {\"keptnContext\":\"x\"}",
                "POST | /api/v1/event | 422 | application/json | {\"code\":602,\"message\":\"m\"}",
                "POST | /api/v1/auth | 200 | none | ``",
                "PUT | /api/resource-service/v1/project/p//resource/a/b%2Fc | 404 | application/json; charset=utf-8 | {\"code\":404,\"message\":\"m\"}",
                "GET | /api/unknown | 404 | text/plain | no",
                "GET | /livez | 200 | text/plain | ok",
            })
    void letsWhatIsDescribedPass(String method, String path, int status, String type, String body) {
        // given
        Seen seen = seen(method, path, status, type, body);
        // when, then
        assertThatCode(() -> checker.accept(seen)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/v1/event | 201 | application/json | {\"keptnContext\":\"x\"}",
                "POST | /api/v1/event | 200 | text/plain | {\"keptnContext\":\"x\"}",
                "POST | /api/v1/event | 200 | application/json | {}",
                "POST | /api/v1/event | 422 | application/json | {\"code\":\"602\",\"message\":\"m\"}",
                "POST | /api/v1/auth | 200 | application/json | {}",
                "GET | /api/mongodb-datastore/event | 200 | application/json | {\"events\":[{}],\"pageSize\":20}",
                "GET | /api/unknown | 200 | text/plain | yes",
                "GET | /api/unknown | 500 | application/json | {}",
            })
    void failsTheTestThatGetsAnythingElse(String method, String path, int status, String type, String body) {
        // given
        Seen seen = seen(method, path, status, type, body);
        // when, then
        assertThatThrownBy(() -> checker.accept(seen)).isInstanceOf(AssertionError.class);
    }

    private static Seen seen(String method, String path, int status, String type, String body) {
        return new Seen(
                method,
                URI.create("http://127.0.0.1" + path),
                new Reply(new GivenResponse(status, type, body.getBytes(StandardCharsets.UTF_8))));
    }

    /** An answer that nobody gave. */
    @SuppressWarnings("ArrayRecordComponent") // the interface wants the bytes themselves
    private record GivenResponse(int statusCode, String type, byte[] body) implements HttpResponse<byte[]> {
        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("Content-Type", List.of(type)), (_, _) -> true);
        }

        @Override
        public HttpRequest request() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<HttpResponse<byte[]>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
