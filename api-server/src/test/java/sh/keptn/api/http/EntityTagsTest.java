package sh.keptn.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class EntityTagsTest {
    @Test
    void readsAListOfStrongAndWeakVersions() {
        EntityTags tags = EntityTags.parse("If-Match", " \"a\" , W/\"b\",\"c,d\"");

        assertThat(tags.any()).isFalse();
        assertThat(tags.strong()).containsExactlyInAnyOrder("a", "c,d");
        assertThat(tags.all()).containsExactlyInAnyOrder("a", "b", "c,d");
    }

    @Test
    void readsAStarAsAnything() {
        assertThat(EntityTags.parse("If-Match", " * ").any()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "abc", "\"abc", "abc\"", "\"a\" \"b\"", "\"a\", x", "*, \"a\"", "w/\"a\"", "\"a b\""})
    void refusesWhatIsNoListOfVersions(String text) {
        assertThatThrownBy(() -> EntityTags.parse("If-Match", text)).isInstanceOf(KeptnException.class);
    }
}
