package sh.keptn.api.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {
    @ParameterizedTest
    @CsvSource({
        "X-GitHub-Event, push, PUSH",
        "X-GitHub-Event, create, PUSH",
        "X-GitHub-Event, delete, PUSH",
        "X-GitHub-Event, ping, SOMETHING_ELSE",
        "X-GitHub-Event, issues, SOMETHING_ELSE",
        "X-GitHub-Event, star, SOMETHING_ELSE",
        "X-Gitea-Event, push, PUSH",
        "X-Gitea-Event, issue_comment, SOMETHING_ELSE",
        "X-Forgejo-Event, push, PUSH",
        "X-Gitlab-Event, Push Hook, PUSH",
        "X-Gitlab-Event, System Hook, PUSH",
        "X-Gitlab-Event, Tag Push Hook, SOMETHING_ELSE",
        "X-Gitlab-Event, Pipeline Hook, SOMETHING_ELSE",
        "X-Event-Key, repo:push, PUSH",
        "X-Event-Key, repo:refs_changed, PUSH",
        "X-Event-Key, diagnostics:ping, SOMETHING_ELSE",
        "X-Event-Key, pullrequest:created, SOMETHING_ELSE",
    })
    void isAPushWhereTheHostSaysThatABranchMayHaveMoved(String header, String event, Announcement expected) {
        assertThat(Announcement.of(name -> Optional.of(event).filter(_ -> name.equals(header))))
                .isEqualTo(expected);
    }

    @Test
    void mayBeAPushWhereTheHostSaysNothing() {
        assertThat(Announcement.of(
                        name -> Optional.ofNullable(Map.of("X-Other", "x").get(name))))
                .isEqualTo(Announcement.PUSH);
    }
}
