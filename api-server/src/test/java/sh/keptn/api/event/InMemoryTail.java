package sh.keptn.api.event;

import static sh.keptn.api.event.SampleEvent.anEvent;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Events with numbers of a test's choice, in memory. */
public final class InMemoryTail implements EventTail {
    private final Map<Long, KeptnEvent> events = new ConcurrentSkipListMap<>();
    private volatile long given;

    /** Keeps an event under each of the numbers. */
    public void keep(long... numbers) {
        for (long number : numbers) {
            keep(number, anEvent().make());
        }
    }

    /** Keeps the event under the number. */
    public void keep(long number, KeptnEvent event) {
        events.put(number, event);
        given = Math.max(given, number);
    }

    /** Says that all numbers up to this one were given. */
    void giveUpTo(long number) {
        given = number;
    }

    @Override
    public long head() {
        return given;
    }

    @Override
    public List<Numbered> numbered(long first, long last) {
        return events.entrySet().stream()
                .filter(one -> one.getKey() >= first && one.getKey() <= last)
                .map(one -> new Numbered(one.getKey(), one.getValue()))
                .toList();
    }

    @Override
    public List<Mark> marks(long first, long last) {
        return numbered(first, last).stream()
                .map(one -> new Mark(
                        one.number(),
                        one.event().time(),
                        one.event().type(),
                        one.event().value(EventField.SOURCE),
                        one.event().value(EventField.PROJECT),
                        one.event().value(EventField.SERVICE)))
                .toList();
    }
}
