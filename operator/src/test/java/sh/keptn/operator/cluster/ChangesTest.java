package sh.keptn.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final Set<String> ASKING = Set.of("ask");
    private static final ConfigMap BEFORE = new ConfigMapBuilder()
            .withNewMetadata()
            .withGeneration(1L)
            .addToAnnotations("ask", "1")
            .addToAnnotations("other", "1")
            .endMetadata()
            .build();

    @Test
    void aNewSpecAsks() {
        assertThat(asks(edit().editMetadata().withGeneration(2L).endMetadata())).isTrue();
    }

    @Test
    void aNewValueOfAnAskingAnnotationAsks() {
        assertThat(asks(edit().editMetadata().addToAnnotations("ask", "2").endMetadata()))
                .isTrue();
    }

    @Test
    void deletionAndFinalizersAsk() {
        assertThat(asks(edit().editMetadata()
                        .withDeletionTimestamp("2026-01-01T00:00:00Z")
                        .endMetadata()))
                .isTrue();
        assertThat(asks(edit().editMetadata().addToFinalizers("a/b").endMetadata()))
                .isTrue();
    }

    @Test
    void ourOwnWritesDoNotAsk() {
        assertThat(asks(edit().editMetadata().withResourceVersion("2").endMetadata()))
                .isFalse();
        assertThat(asks(edit().editMetadata().addToAnnotations("other", "2").endMetadata()))
                .isFalse();
        assertThat(asks(edit().editMetadata().removeFromAnnotations("ask").endMetadata()))
                .isFalse();
    }

    private static ConfigMapBuilder edit() {
        return new ConfigMapBuilder(BEFORE);
    }

    private static boolean asks(ConfigMapBuilder now) {
        return Changes.ask(now.build(), BEFORE, ASKING);
    }
}
