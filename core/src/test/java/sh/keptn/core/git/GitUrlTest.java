package sh.keptn.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class GitUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/srv/git/x.git",
                "file:///srv/git/x.git",
                "ext::sh -c id",
                "git://example.org/x.git",
                "ftp://example.org/x.git",
                "javascript:alert(1)",
                "ssh://-oProxyCommand=id/x.git",
                "ssh://-u@example.org/x.git",
                "-oProxyCommand=id@example.org:x",
                "https://user:pw@example.org/x.git",
                "https://user@example.org/x.git",
                "ssh://git:pw@example.org/x.git",
                "https://example.org",
                "https://example.org/",
                "https:///x.git",
                "https://example.org/x.git?ref=main",
                "https://example.org/x.git#main",
                "https://exa mple.org/x.git",
                "https://example.org/x.git\nHost: other",
                "https://exаmple.org/x.git",
                "git@example.org:-x",
                "C:\\repo",
                "host:path"
            })
    void refusesWhatIsNoAddressOfAnUpstream(String url) {
        assertThatThrownBy(() -> new GitUrl(url)).isInstanceOf(KeptnException.class);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> new GitUrl("https://example.org/" + "x".repeat(2048)))
                .isInstanceOf(KeptnException.class);
    }

    @Test
    void knowsItsHostAndTransport() {
        assertThat(new GitUrl("git@github.com:keptn/keptn.git").isSsh()).isTrue();
        assertThat(new GitUrl("git@github.com:keptn/keptn.git").host()).isEqualTo("github.com");
        assertThat(new GitUrl("SSH://git@example.org:2222/x.git").isSsh()).isTrue();
        assertThat(new GitUrl("https://example.org/x.git").isSsh()).isFalse();
        assertThat(new GitUrl("http://[::1]:8080/x.git").host()).isEqualTo("[::1]");
    }

    @Test
    void findsTwoSpellingsOfOneRepositoryEqual() {
        String plain = new GitUrl("https://example.org/team/x").canonical();

        for (String same : new String[] {
            "HTTPS://EXAMPLE.org/team/x", "https://example.org:443/team/x.git", "https://example.org/team/x/"
        }) {
            assertThat(new GitUrl(same).canonical()).as(same).isEqualTo(plain);
        }
        assertThat(new GitUrl("https://example.org/team/X").canonical()).isNotEqualTo(plain);
        assertThat(new GitUrl("git@example.org:team/x.git").canonical())
                .isEqualTo(new GitUrl("ssh://git@example.org/team/x").canonical());
    }
}
