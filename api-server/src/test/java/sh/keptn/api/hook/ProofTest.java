package sh.keptn.api.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.crds.project.WebhookToken;

/** The examples that Git hosts publish, and what must not pass for one. */
class ProofTest {
    private static final WebhookToken TOKEN = WebhookToken.of("It's a Secret to Everybody");
    private static final String BODY = "Hello, World!";
    private static final String SHA256 = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final String SHA384 =
            "8ae941e23ce94331d5a5986b762bbdb2039fec41c133145da82908f381ba612379307f45738b252be379438ef60839c2";
    private static final String SHA512 = "11ed355a617e98134e842012a7944ccf59c10256cb182357bd7e3a42013ff07c"
            + "376f8c14cf5cc1923da20b51d64256b2fb8ebbf100aa67a61326f61fea8111bc";

    private static final WebhookToken SIGNING = WebhookToken.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String SIGNED = "{\"test\": 2432232314}";
    private static final String MESSAGE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void takesTheExampleOfGitHub() {
        assertThat(holds(Map.of("X-Hub-Signature-256", "sha256=" + SHA256), BODY))
                .isTrue();
    }

    @Test
    void takesTheExampleOfBitbucket() {
        String example = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";

        assertThat(holds(Map.of("X-Hub-Signature", example), "Hello World!")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Gitea-Signature", "X-Forgejo-Signature"})
    void takesBareHexOfGiteaAndForgejo(String header) {
        assertThat(holds(Map.of(header, SHA256), BODY)).isTrue();
    }

    @Test
    void takesTheSecretTokenOfGitLab() {
        assertThat(holds(Map.of("X-Gitlab-Token", "It's a Secret to Everybody"), BODY))
                .isTrue();
    }

    @Test
    void takesTheExampleOfStandardWebhooksWhichGitLabFollows() {
        assertThat(holds(SIGNING, message(MESSAGE), SIGNED)).isTrue();
        assertThat(holds(SIGNING, message("v1,AAAA " + MESSAGE), SIGNED)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sha256, " + SHA256, "sha384, " + SHA384, "sha512, " + SHA512})
    void takesAGenericSignatureWithTheNameOfItsHashFunction(String function, String hex) {
        assertThat(holds(Map.of("X-Signature", function + "=" + hex), BODY)).isTrue();
    }

    @Test
    void takesHexInCapitalsAndBlanksAround() {
        assertThat(holds(Map.of("X-Hub-Signature-256", " sha256=" + SHA256.toUpperCase(Locale.ROOT) + " "), BODY))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello, World", "Hello, World!\n", "Hello, World!\r\n", "hello, World!", ""})
    void a23RefusesTheSignatureOfAnotherBody(String body) {
        assertThat(holds(Map.of("X-Hub-Signature-256", "sha256=" + SHA256), body))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256=",
                "sha256",
                SHA256,
                "sha1=0a4d55a8d778e5022fab701977c5d840bbc486d0",
                "SHA256=" + SHA256,
                "sha256=sha256=" + SHA256,
                "sha256=" + SHA256 + "00",
                "sha256=7571",
                "sha256=" + SHA384,
                "sha384=" + SHA384,
                "sha256=0x" + SHA256,
                "md5=5f36b2ea290645ee34d943220a14b54e",
                "none=" + SHA256,
            })
    void a23RefusesWhatIsNoSignatureOfGitHub(String value) {
        assertThat(holds(Map.of("X-Hub-Signature-256", value), BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "It's a Secret to Everybod", "It's a Secret to Everybody!", "it's a secret to everybody"})
    void a23RefusesAnotherTokenOfGitLab(String value) {
        assertThat(holds(Map.of("X-Gitlab-Token", value), BODY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1,", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", "v1,g0hM9SsE"})
    void a23RefusesWhatIsNoMessageSignature(String value) {
        assertThat(holds(SIGNING, message(value), SIGNED)).isFalse();
    }

    @Test
    void a23RefusesAMessageSignatureWhoseIdOrTimeWasChangedOrTakenAway() {
        assertThat(holds(SIGNING, Map.of("webhook-signature", MESSAGE), SIGNED)).isFalse();
        assertThat(holds(
                        SIGNING,
                        Map.of("webhook-signature", MESSAGE, "webhook-id", "msg_1", "webhook-timestamp", "1614265330"),
                        SIGNED))
                .isFalse();
    }

    @Test
    void a23DoesNotLetARightHeaderMakeAWrongOneGood() {
        assertThat(holds(
                        Map.of(
                                "X-Hub-Signature-256",
                                "sha256=" + "0".repeat(64),
                                "X-Gitea-Signature",
                                SHA256,
                                "X-Gitlab-Token",
                                TOKEN.reveal()),
                        BODY))
                .isFalse();
    }

    @Test
    void looksAtTheStrongOneOfTheTwoThatGitHubSends() {
        assertThat(holds(
                        Map.of(
                                "X-Hub-Signature",
                                "sha1=0a4d55a8d778e5022fab701977c5d840bbc486d0",
                                "X-Hub-Signature-256",
                                "sha256=" + SHA256),
                        BODY))
                .isTrue();
    }

    @Test
    void a23FindsNoProofWhereThereIsNone() {
        assertThat(holds(Map.of("x-token", TOKEN.reveal(), "Authorization", "Bearer " + TOKEN.reveal()), BODY))
                .isFalse();
    }

    /** The published address is a hash of names and token; as a signature it must be worth nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"", "sockshop", "keptn/sockshop", "keptn.sh/webhook\0keptn\0sockshop"})
    void isNotForgedFromTheAddress(String body) {
        String opaque = TOKEN.opaque("keptn", "sockshop");

        assertThat(holds(Map.of("X-Hub-Signature-256", "sha256=" + opaque), body))
                .isFalse();
    }

    private static Map<String, String> message(String signature) {
        return Map.of(
                "webhook-signature",
                signature,
                "webhook-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp",
                "1614265330");
    }

    private static boolean holds(Map<String, String> headers, String body) {
        return holds(TOKEN, headers, body);
    }

    private static boolean holds(WebhookToken token, Map<String, String> headers, String body) {
        return Proof.of(name -> Optional.ofNullable(headers.get(name)))
                .filter(proof -> proof.holds(token, body.getBytes(UTF_8)))
                .isPresent();
    }
}
