package sh.keptn.operator.health;

import sh.keptn.crds.Reason;

/** How one object is, by its own word. */
sealed interface Verdict {
    Verdict CURRENT = new Current();

    /** As it should be. */
    record Current() implements Verdict {}

    /** On its way; the message says what is missing. */
    record InProgress(String message) implements Verdict {}

    /** It will not get there by waiting. */
    record Failed(Reason reason, String message) implements Verdict {
        Failed(String message) {
            this(Reason.HEALTH_CHECK_FAILED, message);
        }
    }
}
