package sh.keptn.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;

class BootstrapMarkTest {
    private static final ProjectName NAME = new ProjectName("sockshop");
    private static final GitUrl URL = new GitUrl("https://git.example.org/sockshop.git");

    @Test
    void knowsItsOwnCommitAndThatOfAnEarlierResourceOfTheSameNameAndAddress() {
        BootstrapMark first = BootstrapMark.of(NAME, URL, "uid-1");
        BootstrapMark again = BootstrapMark.of(NAME, new GitUrl("https://GIT.example.org/sockshop"), "uid-2");

        LoggedCommit commit = commit(first.message("initialized project"));

        assertThat(first.isOn(commit)).isTrue();
        assertThat(again.isOn(commit)).isTrue();
    }

    @Test
    void doesNotKnowAStrangersCommit() {
        BootstrapMark mine = BootstrapMark.of(NAME, URL, "uid-1");
        BootstrapMark other = BootstrapMark.of(new ProjectName("carts"), URL, "uid-2");

        assertThat(mine.isOn(commit(other.message("initialized project")))).isFalse();
        assertThat(mine.isOn(commit(new CommitMessage("initialized project")))).isFalse();
    }

    private static LoggedCommit commit(CommitMessage message) {
        return new LoggedCommit(new CommitId("a".repeat(40)), message.text(), "keptn", Instant.EPOCH);
    }
}
