package sh.keptn.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", ".", "A", "-a", "a-", "a/b", "a%2fb", "a\u0000b", "а", "$where", "system.users", "1a"})
    void refusesProjectAndStageNames(String name) {
        assertThatThrownBy(() -> new ProjectName(name)).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> new StageName(name)).isInstanceOf(KeptnException.class);
    }

    @Test
    void boundsTheirLengths() {
        assertThat(new ProjectName("a".repeat(200)).value()).hasSize(200);
        assertThatThrownBy(() -> new ProjectName("a".repeat(201))).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> new StageName("a".repeat(64))).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> new ServiceName("a".repeat(44))).isInstanceOf(KeptnException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "<x>", "a|b", "a:b", "a&b", "-a", "a_", "a b"})
    void refusesServiceNames(String name) {
        assertThatThrownBy(() -> new ServiceName(name)).isInstanceOf(KeptnException.class);
        assertThat(ServiceName.isValid(name)).isFalse();
    }

    @Test
    void namesResourcesSoThatNoTwoCollide() {
        ProjectName project = new ProjectName("sockshop");

        assertThat(new ServiceName("carts").resourceName(project)).isEqualTo("sockshop.carts");
        assertThat(new ServiceName("carts.v2").resourceName(project)).isEqualTo("sockshop.carts.v2");
        assertThat(new ServiceName("Carts").resourceName(project)).matches("sockshop\\.carts-[0-9a-f]{8}");
        assertThat(new ServiceName("my_service").resourceName(project)).matches("sockshop\\.my-service-[0-9a-f]{8}");
        assertThat(new ServiceName("Carts").resourceName(project))
                .isNotEqualTo(new ServiceName("cArts").resourceName(project));
        assertThat(new ServiceName("S".repeat(43)).resourceName(new ProjectName("p".repeat(200))))
                .hasSizeLessThanOrEqualTo(253);
    }

    @Test
    void namesWhatIsDeployedAfterProjectStageAndService() {
        ProjectName project = new ProjectName("sockshop");
        StageName dev = new StageName("dev");

        assertThat(new ServiceName("carts").deploymentName(project, dev)).isEqualTo("sockshop.dev.carts");
        assertThat(new ServiceName("Carts").deploymentName(project, dev)).matches("sockshop\\.dev\\.carts-[0-9a-f]{8}");
        assertThat(new ServiceName("S".repeat(43))
                        .deploymentName(new ProjectName("p".repeat(200)), new StageName("s".repeat(63))))
                .hasSizeLessThanOrEqualTo(253);
        assertThat(dev.namespace(project)).isEqualTo("sockshop-dev");
        assertThat(dev.namespace(new ProjectName("p".repeat(70))))
                .hasSize(63)
                .isNotEqualTo(dev.namespace(new ProjectName("p".repeat(71))));
    }

    @Test
    void knowsCommitIds() {
        assertThat(CommitId.isValid("a".repeat(40))).isTrue();
        assertThat(CommitId.isValid("A".repeat(40))).isFalse();
        assertThatThrownBy(() -> new CommitId("abc")).isInstanceOf(KeptnException.class);
        assertThat(new CommitId("a".repeat(40)).revision("dev")).isEqualTo("dev@sha1:" + "a".repeat(40));
    }

    @Test
    void cutsLongTextsSoThatTheyStayApart() {
        String one = ShortHash.cut("x".repeat(70) + "1", 63);
        String two = ShortHash.cut("x".repeat(70) + "2", 63);

        assertThat(one).hasSizeLessThanOrEqualTo(63).isNotEqualTo(two);
        assertThat(ShortHash.cut("short", 63)).isEqualTo("short");
    }

    @Test
    void showsHiddenCharacters() {
        assertThat(Printable.of("a\nb\u202ec\u001b[31m")).isEqualTo("a\\u000ab\\u202ec\\u001b[31m");
        assertThat(Printable.of("x".repeat(200))).hasSize(101);
    }
}
