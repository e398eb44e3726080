package sh.keptn.api.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class RevisionTest {
    @ParameterizedTest
    @ValueSource(strings = {"abcdef1", "0123456789012345678901234567890123456789", "main", "feature/x"})
    void takesIdsAndBranches(String text) {
        assertThat(Revision.of(Optional.of(text))).contains(new Revision(text));
    }

    @Test
    void takesTwoQuotesForNothing() {
        assertThat(Revision.of(Optional.of("\"\""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD~1", "refs/heads/main", "--help", "a..b", "a b", "main^", ":x", "a\nb"})
    void r17RefusesWhatIsNeither(String text) {
        assertThatThrownBy(() -> new Revision(text)).isInstanceOf(KeptnException.class);
    }
}
