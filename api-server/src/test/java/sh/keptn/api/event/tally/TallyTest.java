package sh.keptn.api.event.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.event.EventTail.Mark;
import sh.keptn.api.event.tally.Tally.Kind;

class TallyTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final String DEPLOYMENT = "sh.keptn.event.deployment";
    private static final String DELIVERY = "sh.keptn.event.dev.delivery";

    @Test
    void countsTasksThatBeginAndSequencesThatEndBesideTheirEvents() {
        // given
        List<Mark> marks = List.of(
                mark(DEPLOYMENT + ".started", "helm"),
                mark(DEPLOYMENT + ".started", "helm"),
                mark(DEPLOYMENT + ".started", "job"),
                mark(DEPLOYMENT + ".finished", "helm"),
                mark(DELIVERY + ".finished", "shipyard-controller"));
        // when
        Map<Tally.Key, Long> counts = Tally.plus(Map.of(), marks, 100);
        // then
        assertThat(counts)
                .containsOnly(
                        Map.entry(new Tally.Key("carts", Kind.EVENT, "", DEPLOYMENT + ".started"), 3L),
                        Map.entry(new Tally.Key("carts", Kind.EVENT, "", DEPLOYMENT + ".finished"), 1L),
                        Map.entry(new Tally.Key("carts", Kind.EVENT, "", DELIVERY + ".finished"), 1L),
                        Map.entry(new Tally.Key("carts", Kind.EXECUTION, "helm", DEPLOYMENT), 2L),
                        Map.entry(new Tally.Key("carts", Kind.EXECUTION, "job", DEPLOYMENT), 1L),
                        Map.entry(new Tally.Key("carts", Kind.SEQUENCE, "", DELIVERY), 1L));
    }

    @Test
    void hasSoManyCountersAndNoMore() {
        // given
        Map<Tally.Key, Long> full = Tally.plus(Map.of(), List.of(mark("a", "s"), mark("b", "s")), 2);
        // when
        Map<Tally.Key, Long> counts = Tally.plus(full, List.of(mark("c", "s"), mark("a", "s")), 2);
        // then
        assertThat(counts)
                .containsOnly(
                        Map.entry(new Tally.Key("carts", Kind.EVENT, "", "a"), 2L),
                        Map.entry(new Tally.Key("carts", Kind.EVENT, "", "b"), 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:00:00Z, 2026-01-02T03:00:00Z",
        "2026-01-02T03:29:59.999Z, 2026-01-02T03:00:00Z",
        "2026-01-02T03:30:00Z, 2026-01-02T03:30:00Z",
        "1969-12-31T23:59:59Z, 1969-12-31T23:30:00Z",
    })
    void putsATimeIntoItsHalfHour(Instant time, Instant bucket) {
        assertThat(Tally.bucket(time)).isEqualTo(bucket);
    }

    private static Mark mark(String type, String source) {
        return new Mark(1, TIME, type, Optional.of(source), Optional.of("p"), Optional.of("carts"));
    }
}
