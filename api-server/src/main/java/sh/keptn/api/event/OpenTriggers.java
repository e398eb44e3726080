package sh.keptn.api.event;

/** Knows which triggered events still have to be worked on. */
public interface OpenTriggers {

    /**
     * Some of the triggered events that are not done, newest first. One whose end was kept before this call is not among
     * them.
     */
    EventPage open(OpenQuery query);
}
