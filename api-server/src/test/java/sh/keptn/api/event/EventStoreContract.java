package sh.keptn.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.api.event.SampleEvent.anEvent;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sh.keptn.api.event.EventLog.Appended;
import sh.keptn.api.event.EventQuery.Among;
import sh.keptn.api.event.EventQuery.Start;
import sh.keptn.core.model.ProjectName;

/** What every event store does. An adapter's test extends it and hands out an empty store for each test. */
public abstract class EventStoreContract {
    private static final String INVALIDATED = "sh.keptn.event.evaluation.invalidated";

    /** The store under test, with no event in it. */
    protected abstract EventStore store();

    @Test
    void findsAnEventByEachOfItsFields() {
        // given
        KeptnEvent event = anEvent().triggered("t-1").make();
        append(event, anEvent().data("{\"project\":\"other\"}").type("x").make());
        for (EventField field : EventField.values()) {
            Optional<String> value = event.value(field);
            if (value.isEmpty() || field == EventField.SOURCE) {
                continue;
            }
            // when
            EventPage page = store().find(EventQuery.of(Map.of(field, List.of(value.get())), 10));
            // then
            assertThat(page.events()).as(field.filterKey()).containsExactly(event);
        }
    }

    @Test
    void givesTheNewestFirst() {
        // given
        KeptnEvent old = anEvent().after(1).make();
        KeptnEvent young = anEvent().after(3).make();
        KeptnEvent middle = anEvent().after(2).make();
        append(old, young, middle);
        // when
        EventPage page = store().find(EventQuery.of(Map.of(), 10));
        // then
        assertThat(page.events()).containsExactly(young, middle, old);
    }

    @Test
    void r28KeepsDataWithoutLoss() {
        // given
        String data = "{\"a.b\":{\"$where\":\"x\",\"\\u0000\":\"\\ud800\",\"é\":\"ü\u202e\"},\"$set\":1,"
                + "\"big\":12345678901234567890.10,\"huge\":1E+400,\"\":[null,true,\"\\r\\n\"],\"_id\":\"x\"}";
        KeptnEvent event = anEvent().data(data).make();
        append(event);
        // when
        EventPage page = store().find(EventQuery.of(Map.of(), 1));
        // then
        assertThat(page.events()).containsExactly(event);
        assertThat(EventJson.canonical(page.events().getFirst().data()))
                .isEqualTo(EventJson.canonical(EventJson.read(data.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void takesAnyOfTheValuesOfAField() {
        // given
        KeptnEvent pass = anEvent().after(1).data("{\"result\":\"pass\"}").make();
        KeptnEvent warning = anEvent().after(2).data("{\"result\":\"warning\"}").make();
        append(pass, warning, anEvent().data("{\"result\":\"fail\"}").make());
        // when
        EventPage page = store().find(EventQuery.of(Map.of(EventField.RESULT, List.of("pass", "warning")), 10));
        // then
        assertThat(page.events()).containsExactly(warning, pass);
    }

    @Test
    void leavesTheBordersOfATimeSpanOut() {
        // given
        KeptnEvent first = anEvent().after(0).make();
        KeptnEvent second =
                anEvent().at(first.time().plusMillis(1).plusNanos(7_000)).make();
        KeptnEvent third = anEvent().after(2).make();
        append(first, second, third);
        // when
        EventPage page =
                store().find(new EventQuery(Map.of(), first.time(), third.time(), Among.ALL, new Start.Newest(), 10));
        // then
        assertThat(page.events()).containsExactly(second);
    }

    @Test
    void comparesTimesAsClientsSeeThem() {
        // given an event in the middle of a millisecond
        Instant seen = Instant.parse("2026-01-02T03:04:05.678Z");
        append(anEvent().at(seen.plusNanos(345_000)).make());
        // when
        EventPage page = store().find(new EventQuery(Map.of(), seen, null, Among.ALL, new Start.Newest(), 10));
        // then
        assertThat(page.events()).isEmpty();
    }

    @Test
    void acceptsTimesOfAnyYear() {
        // given
        KeptnEvent event = anEvent().make();
        append(event);
        // when
        EventPage page =
                store().find(new EventQuery(Map.of(), Instant.MIN, Instant.MAX, Among.ALL, new Start.Newest(), 10));
        // then
        assertThat(page.events()).containsExactly(event);
    }

    @Test
    void keepsTheFirstEventOfEachContextAsItsRoot() {
        // given
        KeptnEvent first = anEvent().context("c-1").after(1).make();
        KeptnEvent other = anEvent().context("c-2").after(2).make();
        append(first, other, anEvent().context("c-1").after(3).make());
        // when
        EventPage page = store().find(new EventQuery(Map.of(), null, null, Among.ROOTS, new Start.Newest(), 10));
        // then
        assertThat(page.events()).containsExactly(other, first);
    }

    @Test
    void findsWhatBelongsToNoProject() {
        // given
        KeptnEvent alone = anEvent().data("{\"x\":1}").make();
        append(alone, anEvent().make());
        // when
        EventPage page =
                store().find(new EventQuery(Map.of(), null, null, Among.OF_NO_PROJECT, new Start.Newest(), 10));
        // then
        assertThat(page.events()).containsExactly(alone);
    }

    @Test
    void leavesOutWhatWasInvalidated() {
        // given
        KeptnEvent valid = anEvent().triggered("t-1").after(1).make();
        KeptnEvent wrong = anEvent().triggered("t-2").after(2).make();
        KeptnEvent untriggered = anEvent().after(3).make();
        append(
                valid,
                wrong,
                untriggered,
                anEvent().type(INVALIDATED).triggered("t-2").make());
        // when
        EventPage page = store().find(new EventQuery(
                Map.of(EventField.TYPE, List.of(valid.type())),
                null,
                null,
                Among.NOT_INVALIDATED,
                new Start.Newest(),
                1));
        // then
        assertThat(page.events()).containsExactly(untriggered);
    }

    @Test
    void readsOnUntilEnoughValidOnesAreFound() {
        // given 30 invalidated ones before the valid one
        KeptnEvent valid = anEvent().triggered("good").after(0).make();
        append(valid);
        for (int n = 1; n <= 30; n++) {
            append(
                    anEvent().triggered("t-" + n).after(n).make(),
                    anEvent().type(INVALIDATED).triggered("t-" + n).make());
        }
        // when
        EventPage page = store().find(new EventQuery(
                Map.of(EventField.TYPE, List.of(valid.type())),
                null,
                null,
                Among.NOT_INVALIDATED,
                new Start.Newest(),
                5));
        // then
        assertThat(page.events()).containsExactly(valid);
    }

    @Test
    void r20WalksOverEveryEventOnceWhileOthersAreAddedAndRemoved() {
        // given ten events, two of them in the same microsecond
        List<KeptnEvent> there = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            there.add(anEvent().after(n / 2).make());
        }
        append(there.toArray(KeptnEvent[]::new));
        append(anEvent().after(9).data("{\"project\":\"doomed\"}").make());
        // when
        List<KeptnEvent> walked = new ArrayList<>();
        EventQuery query = EventQuery.of(Map.of(), 3);
        Optional<EventQuery> next = Optional.of(query);
        while (next.isPresent()) {
            EventPage page = store().find(next.get());
            walked.addAll(page.events());
            next = page.next().map(query::from);
            append(anEvent().after(1_000 + walked.size()).make());
            store().forget(new ProjectName("doomed"), Instant.MAX);
        }
        // then
        assertThat(walked).doesNotHaveDuplicates().containsAll(there);
    }

    @Test
    void skipsEventsForClientsThatCount() {
        // given
        KeptnEvent oldest = anEvent().after(0).make();
        append(oldest, anEvent().after(1).make(), anEvent().after(2).make());
        // when
        EventPage page = store().find(new EventQuery(Map.of(), null, null, Among.ALL, new Start.Skipping(2), 10));
        // then
        assertThat(page.events()).containsExactly(oldest);
    }

    @Test
    void saysHowManyThereAreOnAllPages() {
        // given
        append(anEvent().make(), anEvent().make(), anEvent().make());
        // when
        EventPage page = store().find(EventQuery.of(Map.of(), 2));
        // then
        assertThat(page.total()).hasValue(3);
        assertThat(page.next()).isPresent();
    }

    @Test
    void m5KeepsAnEventOnceThatIsAppendedAgainAfterALostAnswer() {
        // given
        KeptnEvent event = anEvent().make();
        append(event);
        // when
        Appended again = store().append(event, Optional.empty());
        // then
        assertThat(again).isEqualTo(new Appended.Stored());
        assertThat(store().find(EventQuery.of(Map.of(), 10)).events()).containsExactly(event);
    }

    @Test
    void r29AnswersTheFirstContextWhenTheSameEventComesAgain() {
        // given
        KeptnEvent first = anEvent().context("c-1").make();
        store().append(first, Optional.of(new Repeat("key", "body")));
        // when
        Appended again = store().append(anEvent().context("c-2").make(), Optional.of(new Repeat("key", "body")));
        // then
        assertThat(again).isEqualTo(new Appended.Repeated("c-1"));
        assertThat(store().find(EventQuery.of(Map.of(), 10)).events()).containsExactly(first);
    }

    @Test
    void refusesAnotherBodyUnderTheSameKey() {
        // given
        store().append(anEvent().make(), Optional.of(new Repeat("key", "body")));
        // when
        Appended other = store().append(anEvent().make(), Optional.of(new Repeat("key", "other body")));
        // then
        assertThat(other).isEqualTo(new Appended.KeyTaken());
    }

    @Test
    void keepsTheSameEventAgainAfterADay() {
        // given
        KeptnEvent old = anEvent().make();
        store().append(old, Optional.of(new Repeat("key", "body")));
        KeptnEvent next = anEvent().at(old.time().plus(Duration.ofHours(25))).make();
        // when
        Appended again = store().append(next, Optional.of(new Repeat("key", "body")));
        // then
        assertThat(again).isEqualTo(new Appended.Stored());
        assertThat(store().find(EventQuery.of(Map.of(), 10)).events()).containsExactly(next, old);
    }

    @Test
    void r29KeepsOneOfManyThatComeAtTheSameMoment() throws Exception {
        // given
        Repeat repeat = new Repeat("key", "body");
        List<Callable<Appended>> sendings = IntStream.range(0, 16)
                .<Callable<Appended>>mapToObj(n ->
                        () -> store().append(anEvent().id(UUID.randomUUID()).make(), Optional.of(repeat)))
                .toList();
        // when
        List<Appended> answers = new ArrayList<>();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Appended> sending : senders.invokeAll(sendings)) {
                answers.add(sending.get());
            }
        }
        // then
        assertThat(answers).containsOnlyOnce(new Appended.Stored());
        assertThat(store().find(EventQuery.of(Map.of(), 10)).events()).hasSize(1);
    }

    @Test
    void forgetsAProjectsOlderEventsAndNoOthers() {
        // given
        KeptnEvent other = anEvent().data("{\"project\":\"other\"}").after(0).make();
        KeptnEvent end = anEvent().after(10).make();
        append(anEvent().after(1).make(), other, end);
        // when
        store().forget(new ProjectName("podtato"), end.time());
        // then
        assertThat(store().find(EventQuery.of(Map.of(), 10)).events()).containsExactly(end, other);
    }

    @Test
    void isReachable() {
        // when
        boolean reachable = store().isReachable();
        // then
        assertThat(reachable).isTrue();
    }

    private void append(KeptnEvent... events) {
        for (KeptnEvent event : events) {
            assertThat(store().append(event, Optional.empty())).isEqualTo(new Appended.Stored());
        }
    }
}
