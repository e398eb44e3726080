package sh.keptn.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.api.event.SampleEvent.anEvent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.api.event.EventQuery.Start;
import sh.keptn.core.model.ProjectName;

/** Which triggered events every event store takes for open. */
public abstract class OpenTriggersContract {
    private static final String TASK = "sh.keptn.event.deployment";
    private static final String SEQUENCE = "sh.keptn.event.dev.delivery";

    /** Later than everything that happens here. */
    private static final Instant LATER = Instant.parse("2027-01-01T00:00:00Z");

    /** The store under test, with no event in it. */
    protected abstract EventStore store();

    @ParameterizedTest
    @CsvSource({
        "''                                    , true",
        "started                               , true",
        "finished                              , true",
        "started finished                      , false",
        "finished started                      , false",
        "started started finished              , true",
        "started started finished finished     , false",
        "started finished started              , false",
        "started finished finished             , false",
        "invalidated                           , true",
    })
    void aTaskIsOpenUntilEveryExecutorThatBeganIsDone(String told, boolean open) {
        // given
        KeptnEvent triggered = append(anEvent().type(TASK + ".triggered"));
        // when
        for (String step : told.strip().split(" +", -1)) {
            tell(triggered, TASK + "." + step);
        }
        // then
        assertThat(open(TASK).contains(triggered)).isEqualTo(open);
    }

    @Test
    void aSequenceIsOpenUntilItIsFinished() {
        // given
        KeptnEvent triggered = append(anEvent().type(SEQUENCE + ".triggered"));
        assertThat(open(SEQUENCE)).containsExactly(triggered);
        // when
        tell(triggered, SEQUENCE + ".finished");
        // then
        assertThat(open(SEQUENCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sh.keptn.triggered", "sh.keptn.event.a.b.c.triggered", "sh.keptn.event.deployment.started"})
    void whatIsNeitherTaskNorSequenceIsNeverOpen(String type) {
        // given
        append(anEvent().type(type));
        // when
        EventPage page = store().open(query(type, 10));
        // then
        assertThat(page.events()).isEmpty();
    }

    @Test
    void anEventOfNoProjectIsNeverOpen() {
        // given
        append(anEvent().type(TASK + ".triggered").data("{\"stage\":\"dev\"}"));
        // when
        List<KeptnEvent> open = open(TASK);
        // then
        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sh.keptn.event.test.finished       , podtato",
        "sh.keptn.event.deployment.finished , other",
    })
    void theEndOfOtherWorkEndsNothing(String type, String project) {
        // given
        KeptnEvent triggered = append(anEvent().type(TASK + ".triggered"));
        tell(triggered, TASK + ".started");
        // when
        append(anEvent().type(type).triggered(triggered.id().toString()).data("{\"project\":\"" + project + "\"}"));
        // then
        assertThat(open(TASK)).containsExactly(triggered);
    }

    @Test
    void aRepeatedEndIsOneEnd() {
        // given two executors at work
        KeptnEvent triggered = append(anEvent().type(TASK + ".triggered"));
        tell(triggered, TASK + ".started");
        tell(triggered, TASK + ".started");
        Optional<Repeat> repeat = Optional.of(new Repeat("key", "body"));
        // when the end of one comes twice
        for (int i = 0; i < 2; i++) {
            KeptnEvent finished = anEvent()
                    .type(TASK + ".finished")
                    .triggered(triggered.id().toString())
                    .make();
            store().append(finished, repeat);
        }
        // then
        assertThat(open(TASK)).containsExactly(triggered);
    }

    @Test
    void aRepeatedTriggerIsOne() {
        // given
        Optional<Repeat> repeat = Optional.of(new Repeat("key", "body"));
        KeptnEvent first = anEvent().type(TASK + ".triggered").make();
        // when
        store().append(first, repeat);
        store().append(anEvent().type(TASK + ".triggered").make(), repeat);
        store().append(first, Optional.empty());
        // then
        assertThat(open(TASK)).containsExactly(first);
        assertThat(store().open(query(TASK + ".triggered", 10)).total()).hasValue(1);
    }

    @Test
    void whatIsDoneIsNotOpenedByTheSameTriggerAgain() {
        // given
        KeptnEvent triggered = append(anEvent().type(TASK + ".triggered"));
        tell(triggered, TASK + ".started");
        tell(triggered, TASK + ".finished");
        // when
        store().append(triggered, Optional.empty());
        // then
        assertThat(open(TASK)).isEmpty();
    }

    @Test
    void whatIsInTheFutureIsNotDueYet() {
        // given
        KeptnEvent due = append(anEvent().type(TASK + ".triggered").at(LATER));
        append(anEvent().type(TASK + ".triggered").at(LATER.plusMillis(1)));
        // when
        EventPage page = store().open(query(TASK + ".triggered", 10));
        // then
        assertThat(page.events()).containsExactly(due);
        assertThat(page.total()).hasValue(1);
    }

    @Test
    void findsByIdProjectStageAndService() {
        // given
        KeptnEvent event = append(anEvent().type(TASK + ".triggered"));
        append(anEvent().type(TASK + ".triggered").data("{\"project\":\"other\"}"));
        for (EventField field : List.of(EventField.ID, EventField.PROJECT, EventField.STAGE, EventField.SERVICE)) {
            Map<EventField, String> where = Map.of(field, event.value(field).orElseThrow());
            // when
            EventPage page = store().open(new OpenQuery(TASK + ".triggered", where, LATER, new Start.Newest(), 10));
            // then
            assertThat(page.events()).as(field.filterKey()).containsExactly(event);
        }
    }

    @Test
    void givesEachOnceOverAllPagesWhileSomeAreFinished() {
        // given
        List<KeptnEvent> all = new ArrayList<>();
        IntStream.range(0, 25)
                .forEach(i ->
                        all.addFirst(append(anEvent().type(TASK + ".triggered").after(i))));
        OpenQuery query = query(TASK + ".triggered", 10);
        EventPage first = store().open(query);
        // when half of the first page is finished between the pages
        first.events().subList(0, 5).forEach(event -> {
            tell(event, TASK + ".started");
            tell(event, TASK + ".finished");
        });
        EventPage second = store().open(query.from(first.next().orElseThrow()));
        EventPage third = store().open(query.from(second.next().orElseThrow()));
        // then
        List<KeptnEvent> walked = new ArrayList<>(first.events());
        walked.addAll(second.events());
        walked.addAll(third.events());
        assertThat(walked).containsExactlyElementsOf(all);
        assertThat(third.next()).isEmpty();
    }

    @Test
    void takesOffsetsFromClientsThatCount() {
        // given
        List<KeptnEvent> all = new ArrayList<>();
        IntStream.range(0, 5)
                .forEach(i ->
                        all.addFirst(append(anEvent().type(TASK + ".triggered").after(i))));
        // when
        EventPage page = store().open(new OpenQuery(TASK + ".triggered", Map.of(), LATER, new Start.Skipping(3), 10));
        // then
        assertThat(page.events()).containsExactlyElementsOf(all.subList(3, 5));
        assertThat(page.total()).hasValue(5);
    }

    @Test
    void goesWithItsProject() {
        // given
        append(anEvent().type(TASK + ".triggered"));
        KeptnEvent next = append(anEvent().type(TASK + ".triggered").after(10));
        // when
        store().forget(new ProjectName("podtato"), next.time());
        // then
        assertThat(open(TASK)).containsExactly(next);
    }

    protected static OpenQuery query(String type, int limit) {
        return new OpenQuery(type, Map.of(), LATER, new Start.Newest(), limit);
    }

    protected List<KeptnEvent> open(String work) {
        return store().open(query(work + ".triggered", 100)).events();
    }

    protected KeptnEvent append(SampleEvent sample) {
        KeptnEvent event = sample.make();
        store().append(event, Optional.empty());
        return event;
    }

    protected void tell(KeptnEvent of, String type) {
        append(anEvent().id(UUID.randomUUID()).type(type).triggered(of.id().toString()));
    }
}
