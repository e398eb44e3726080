package sh.keptn.operator.condition;

import java.time.Duration;
import sh.keptn.crds.Reason;

/** How a pass of reconciling ended. Whatever it was, there is a next pass: none of them is the last. */
public sealed interface Outcome {
    Reason reason();

    String message();

    /** Everything is as spec and Git want it. */
    record Done(Reason reason, String message) implements Outcome {
        /** Done, with nothing special about it. */
        public Done(String message) {
            this(Reason.SUCCEEDED, message);
        }
    }

    /** Nothing went wrong; something else must come first. */
    record Waiting(Reason reason, String message, Duration after) implements Outcome {}

    /** A person must mend something. It is looked at again at each interval, without a storm of retries. */
    record Stalled(Reason reason, String message) implements Outcome {}

    /** It went wrong and can go right by itself: tried again, with growing pauses. */
    record Failed(Reason reason, String message) implements Outcome {}
}
