package sh.keptn.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.http.Intent;
import sh.keptn.api.http.Permission;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ProjectName;

class NamedTokenTest {
    private static final String VALUE = "a-token-of-twenty-and-more";
    private static final ProjectName MINE = new ProjectName("mine");
    private static final ProjectName OTHER = new ProjectName("other");

    @Test
    void readsScopesAndProjectsInAnyForm() {
        NamedToken token =
                token(Map.of("token", VALUE, "scopes", "keptn:resources:read,\nlogs:write", "projects", "mine x"));

        assertThat(token.permissions()).containsExactlyInAnyOrder(Permission.RESOURCES_READ, Permission.LOGS_WRITE);
        assertThat(token.projects()).containsExactlyInAnyOrder("mine", "x");
        assertThatCode(() -> token.require(intent(Permission.RESOURCES_READ), MINE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void permitsNothingWhereNothingIsSaid(Permission permission) {
        NamedToken token = token(Map.of("token", VALUE));

        assertForbidden(() -> token.begin(intent(permission)));
        assertForbidden(() -> token.require(intent(permission)));
        assertForbidden(() -> token.require(intent(permission), MINE));
        assertForbidden(() -> token.requireOnAll(intent(permission)));
        assertForbidden(token::requireEverything);
        assertThat(token.visible(intent(permission)).test("mine")).isFalse();
    }

    @Test
    void refusesAnotherProjectAndAllOfThem() {
        NamedToken token = token(Map.of("token", VALUE, "scopes", "*", "projects", "mine"));

        assertForbidden(() -> token.require(intent(Permission.PROJECTS_READ), OTHER));
        assertForbidden(() -> token.requireOnAll(intent(Permission.PROJECTS_READ)));
        assertForbidden(token::requireEverything);
    }

    @Test
    void mayDoEverythingWithBothStars() {
        NamedToken token = token(Map.of("token", VALUE, "scopes", "*", "projects", "*"));

        assertThatCode(token::requireEverything).doesNotThrowAnyException();
        assertThatCode(() -> token.requireOnAll(intent(Permission.SECRETS_DELETE)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "", "                    ", "nineteen-characters"})
    void hasNoValueThatIsEasilyGuessed(String value) {
        NamedToken token = token(Map.of("token", value, "sha256", "abc", "scopes", "*", "projects", "*"));

        assertThat(token.hasValue(Digest.of(value))).isFalse();
        assertThat(token.hasValue(Digest.of(""))).isFalse();
    }

    @Test
    void hasTwoValuesWhileItIsBeingChanged() {
        NamedToken token = token(
                Map.of("token", VALUE, "sha256-next", Digest.of("the next one").hex()));

        assertThat(token.hasValue(Digest.of(VALUE))).isTrue();
        assertThat(token.hasValue(Digest.of("the next one"))).isTrue();
        assertThat(token.hasValue(Digest.of("another one"))).isFalse();
    }

    @Test
    void countsAsExpiredWhereTheTimeCannotBeRead() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(token(Map.of("expires", "next week")).isExpired(now)).isTrue();
        assertThat(token(Map.of("expires", "2026-01-01T00:00:00Z")).isExpired(now))
                .isTrue();
        assertThat(token(Map.of("expires", "2026-01-01T00:00:01Z")).isExpired(now))
                .isFalse();
        assertThat(token(Map.of()).isExpired(now)).isFalse();
    }

    @Test
    void showsNeitherValueNorDigest() {
        NamedToken token = token(Map.of("token", VALUE));

        assertThat(token.toString()).isEqualTo("NamedToken[ci]");
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeptnException.class, e -> assertThat(e.error()).isInstanceOf(KeptnError.Forbidden.class));
    }

    private static Intent intent(Permission permission) {
        return new Intent(permission, "GET", Optional.empty());
    }

    private static NamedToken token(Map<String, String> data) {
        Map<String, String> encoded = new HashMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return NamedToken.of(new SecretBuilder()
                .withNewMetadata()
                .withName("ci")
                .endMetadata()
                .withData(encoded)
                .build());
    }
}
