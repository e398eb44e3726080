package sh.keptn.operator.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

class HttpProvisionerIT {
    private static final ProjectName PROJECT = new ProjectName("sockshop");
    private static final String TOKEN = "token-that-must-not-show";
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksInKeptnsWords() {
        server.answer(ok("{\"gitRemoteURL\":\"https://git.example.org/s.git\",\"gitToken\":\"" + TOKEN
                + "\",\"gitUser\":\"u\",\"more\":1}"));

        ProvisionedRepository repository = provisioner().provision(PROJECT, "keptn");

        assertThat(repository.url().value()).isEqualTo("https://git.example.org/s.git");
        assertThat(repository.user()).isEqualTo("u");
        assertThat(repository.token().reveal()).isEqualTo(TOKEN);
        assertThat(repository.toString()).doesNotContain(TOKEN);
        assertThat(server.request())
                .startsWith("POST /base/repository HTTP/1.1\r\n")
                .contains("Content-Type: application/json\r\n")
                .doesNotContain("Upgrade", "Authorization")
                .contains("\"project\":\"sockshop\"")
                .contains("\"namespace\":\"keptn\"");
    }

    @Test
    void givesBackInKeptnsWords() {
        server.answer("HTTP/1.1 204 No Content\r\n\r\n");

        provisioner().retire(PROJECT, "keptn");

        assertThat(server.request())
                .startsWith("DELETE /base/repository HTTP/1.1\r\n")
                .contains("\"project\":\"sockshop\"")
                .contains("\"namespace\":\"keptn\"");
    }

    @Test
    void sendsALoginOfTheAddressAsAHeader() {
        server.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        ProvisionerAddress address = ProvisionerAddress.of("http://u:p%40x@127.0.0.1:" + server.port());

        new HttpProvisioner(address, DEADLINE).retire(PROJECT, "keptn");

        assertThat(address.toString()).doesNotContain("p@x", "p%40x");
        assertThat(server.request()).contains("Authorization: Basic dTpwQHg=\r\n");
    }

    static Stream<Arguments> hostileAnswers() {
        return Stream.of(
                Arguments.of("HTTP/1.1 500 Sorry\r\nContent-Length: 4\r\n\r\n" + TOKEN.substring(0, 4), "answered 500"),
                Arguments.of("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", "answered 404"),
                Arguments.of("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n", "answered 426"),
                Arguments.of(
                        "HTTP/1.1 307 Elsewhere\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
                        "answered 307"),
                Arguments.of("HTTP/1.1 204 No Content\r\n\r\n", "usable gitRemoteURL"),
                Arguments.of(ok(""), "usable gitRemoteURL"),
                Arguments.of(ok("null"), "usable gitRemoteURL"),
                Arguments.of(ok("[]"), "usable gitRemoteURL"),
                Arguments.of(ok("\"" + TOKEN + "\""), "usable gitRemoteURL"),
                Arguments.of(ok("{\"gitToken\":\"" + TOKEN + "\"}"), "usable gitRemoteURL"),
                Arguments.of(ok("{\"gitRemoteURL\":{\"a\":1},\"gitToken\":\"" + TOKEN + "\"}"), "usable gitRemoteURL"),
                Arguments.of(ok("{\"gitRemoteURL\":\"file:///etc/passwd\"}"), "usable gitRemoteURL"),
                Arguments.of(ok("{\"gitRemoteURL\":\"ext::sh -c x\"}"), "usable gitRemoteURL"),
                Arguments.of(
                        ok("{\"gitRemoteURL\":\"https://u:" + TOKEN + "@git.example.org/s.git\"}"),
                        "usable gitRemoteURL"),
                Arguments.of(ok("<html>" + TOKEN + "</html>"), "did not answer JSON"),
                Arguments.of(ok("{\"gitToken\":\"" + TOKEN + "\",,}"), "did not answer JSON"),
                Arguments.of(ok("[".repeat(30_000)), "did not answer JSON"),
                Arguments.of(ok("\u0000\u0001"), "did not answer JSON"),
                Arguments.of(ok(" ".repeat(70_000) + "{}"), "larger than 65536 bytes"),
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", "cannot be reached"),
                Arguments.of("HTTP/1.1 2x0 OK\r\n\r\n", "cannot be reached"),
                Arguments.of("\u0000\u0001\u0002 no HTTP at all\r\n\r\n", "cannot be reached"),
                Arguments.of("", "cannot be reached"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("hostileAnswers")
    void saysWhatIsWrongAndNeverWhatWasSaid(String answer, String why) {
        server.answer(answer);

        KeptnException failure = refused();

        assertThat(failure.error()).isInstanceOf(KeptnError.Unavailable.class);
        assertThat(failure.error().message())
                .startsWith("the provisioner gave no repository")
                .contains(why);
        assertThat(stackTrace(failure)).doesNotContain(TOKEN).doesNotContain("token-that");
    }

    @Test
    void doesNotReadAnEndlessAnswer() {
        server.answerForever("HTTP/1.1 200 OK\r\n\r\n", "a".repeat(8192), Duration.ZERO);

        assertThat(refused().error().message()).contains("larger than 65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{", "HTTP/1.1 200 OK\r\nX: "})
    void doesNotWaitForAProvisionerThatDripsItsAnswer(String begin) {
        server.answerForever(begin, " ", Duration.ofMillis(200));

        assertThat(refused().error().message()).contains("did not answer within 2 s");
    }

    @Test
    void saysThatNobodyIsThere() {
        server.close();

        assertThat(refused().error().message()).contains("cannot be reached");
    }

    @Test
    void saysThatTheRepositoryWasNotTakenBack() {
        server.answer("HTTP/1.1 500 Sorry\r\nContent-Length: 0\r\n\r\n");

        KeptnException failure =
                catchThrowableOfType(KeptnException.class, () -> provisioner().retire(PROJECT, "keptn"));

        assertThat(failure.error().message())
                .isEqualTo("the provisioner did not take the repository back: it answered 500");
    }

    private KeptnException refused() {
        return catchThrowableOfType(KeptnException.class, () -> provisioner().provision(PROJECT, "keptn"));
    }

    private HttpProvisioner provisioner() {
        return new HttpProvisioner(ProvisionerAddress.of("http://127.0.0.1:" + server.port() + "/base/"), DEADLINE);
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
