package sh.keptn.api.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.core.error.KeptnException;

class EventRulesTest {
    private static final EventRules STRICT = new EventRules(true, 200);
    private static final String ALL = "{\"project\":\"p\",\"stage\":\"dev\",\"service\":\"s\"}";
    private static final String DONE =
            "{\"project\":\"p\",\"stage\":\"dev\",\"service\":\"s\",\"result\":\"pass\",\"status\":\"succeeded\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sh.keptn.log.error | | {}",
                "sh.keptn.events.problem | | {}",
                "sh.keptn.event.monitoring.configure | | {\"project\":\"p\",\"type\":\"x\"}",
                "sh.keptn.event.dev.delivery.triggered | | " + ALL,
                "sh.keptn.event.test.started | t | " + ALL,
                "sh.keptn.event.test.finished | t | " + DONE,
                "sh.keptn.event.test.invalidated | | {}",
            })
    void letsWhatKeptnSendsPass(String type, String triggered, String data) {
        // given
        IncomingEvent event = event(type, triggered, data);
        // when, then
        assertThatCode(() -> STRICT.check(event, 10)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sh.keptn.event.monitoring.configure | | {\"project\":\"p\"} | data.type",
                "sh.keptn.event.dev.delivery.finished | | " + ALL + " | triggered",
                "sh.keptn.event.prod.delivery.triggered | | " + ALL + " | data.stage",
                "sh.keptn.event.dev.delivery.triggered | | {\"project\":\"p\"} | data.stage",
                "sh.keptn.event.test.triggered | t | " + ALL + " | type",
                "sh.keptn.event.test.started | | " + ALL + " | triggeredid",
                "sh.keptn.event.test.finished | t | " + ALL + " | data.result",
                "other | | {} | type",
            })
    void refusesWhatIsIncomplete(String type, String triggered, String data, String word) {
        // given
        IncomingEvent event = event(type, triggered, data);
        // when, then
        assertThatThrownBy(() -> STRICT.check(event, 10))
                .isInstanceOf(KeptnException.class)
                .hasMessageContaining(word);
    }

    @Test
    void r28RefusesAnEventAboveTheLimit() {
        // given
        IncomingEvent event = event("sh.keptn.log.error", null, "{}");
        // when, then
        assertThatThrownBy(() -> STRICT.check(event, 201)).hasMessageContaining("200");
    }

    @Test
    void looksAtNothingUnlessAskedTo() {
        // given
        IncomingEvent event = event("whatever", null, "{}");
        // when, then
        assertThatCode(() -> new EventRules(false, 1).check(event, 1_000_000)).doesNotThrowAnyException();
    }

    private static IncomingEvent event(String type, @Nullable String triggered, String data) {
        String json = "{\"source\":\"s\",\"type\":\"" + type + "\",\"data\":" + data
                + (triggered == null ? "" : ",\"triggeredid\":\"" + triggered + "\"") + "}";
        return IncomingEvent.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
