package sh.keptn.api.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some of the events that were asked for.
 *
 * @param next where the next page begins; empty on the last
 * @param total how many there are on all pages; empty when nobody counted, because there are very many
 */
public record EventPage(List<KeptnEvent> events, Optional<PageKey> next, OptionalLong total) {
    public EventPage {
        events = List.copyOf(events);
    }
}
