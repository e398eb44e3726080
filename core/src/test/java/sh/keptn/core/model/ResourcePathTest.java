package sh.keptn.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class ResourcePathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../x",
                "a/../b",
                "a/..b",
                "~/x",
                "git~1/config",
                "a//b",
                "/a",
                "a/",
                "./a",
                ".git",
                ".git/config",
                ".GIT/config",
                "a/.Git/x",
                ".git./x",
                ".git /x",
                ".git::$INDEX_ALLOCATION/x",
                ".g\u200cit/x",
                ".git\u200b/x",
                "%2e%2e/x",
                "%2E%2E%2Fx",
                "a%2fb",
                "a%5cb",
                "a%00b",
                "%252e%252e%252fx",
                "a\\b",
                "a\nb",
                "a\u0000b",
                "a\u202egpj.exe",
                " a",
                "a ",
                ".keptn-stages/dev/x",
                ".Keptn-Stages/dev/x"
            })
    void refusesWhatCouldLeaveItsScopeOrHide(String path) {
        assertThatThrownBy(() -> new ResourcePath(path)).isInstanceOf(KeptnException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "shipyard.yaml",
                "helm/carts/templates/deployment.yaml",
                ".github/workflows/x.yaml",
                ".gitignore",
                ".gitattributes",
                "a b/c d.txt",
                "a+b",
                "ünïcode/Ж.txt",
                "x.keptn-stages/y"
            })
    void takesOrdinaryPathsAsTheyAre(String path) {
        assertThat(new ResourcePath(path).value()).isEqualTo(path);
    }

    @Test
    void countsBytesAndSegments() {
        assertThatThrownBy(() -> new ResourcePath("x".repeat(300))).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> new ResourcePath("ä".repeat(128))).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> new ResourcePath("a/".repeat(50) + "a")).isInstanceOf(KeptnException.class);
        assertThatThrownBy(() -> new ResourcePath(("x".repeat(250) + "/").repeat(5) + "x"))
                .isInstanceOf(KeptnException.class);
        assertThat(new ResourcePath("a/".repeat(49) + "a").segments()).hasSize(50);
    }

    @Test
    void dropsTheLeadingSlashesOfListings() {
        assertThat(ResourcePath.parse("//carts/a.txt")).isEqualTo(new ResourcePath("carts/a.txt"));
    }

    @Test
    void knowsChartArchives() {
        assertThat(new ResourcePath("helm/carts.tgz").helmChartFolder()).contains(new ResourcePath("helm/carts"));
        assertThat(new ResourcePath("carts/helm/carts.tgz").helmChartFolder())
                .contains(new ResourcePath("carts/helm/carts"));
        assertThat(new ResourcePath("charts/carts.tgz").helmChartFolder()).isEmpty();
        assertThat(new ResourcePath("helm/sub/carts.tgz").helmChartFolder()).isEmpty();
        assertThat(new ResourcePath("nohelm/carts.tgz").helmChartFolder()).isEmpty();
    }
}
