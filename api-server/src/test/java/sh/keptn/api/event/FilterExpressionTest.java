package sh.keptn.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

class FilterExpressionTest {

    @Test
    void isMadeOfPairsAndLists() {
        // when
        Map<EventField, List<String>> where =
                FilterExpression.parse("data.project:p AND data.result:pass,warning AND source:https://example.com/a");
        // then
        assertThat(where)
                .containsOnly(
                        Map.entry(EventField.PROJECT, List.of("p")),
                        Map.entry(EventField.RESULT, List.of("pass", "warning")),
                        Map.entry(EventField.SOURCE, List.of("https://example.com/a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data.project",
                ":x",
                "$where:1",
                "data.project:p AND $regex:(a+)+$",
                "data.labels.x:1",
                "data.project:a AND data.project:b",
                "_id:x",
                "DATA.PROJECT:p",
            })
    void r31KnowsNoOtherFields(String text) {
        // when, then
        assertThatThrownBy(() -> FilterExpression.parse(text))
                .isInstanceOfSatisfying(
                        KeptnException.class, e -> assertThat(e.error()).isInstanceOf(KeptnError.Invalid.class));
    }

    @Test
    void r31IsNotLongerThanItsLimit() {
        // given
        String text = "data.project:" + "x".repeat(1 << 20);
        // when, then
        assertThatThrownBy(() -> FilterExpression.parse(text)).isInstanceOf(KeptnException.class);
    }
}
