package sh.keptn.operator.apply;

import java.util.List;
import sh.keptn.crds.Reason;

/**
 * Why something could not be done.
 *
 * @param passing whether it may work later by itself
 */
record Problem(Reason reason, String message, boolean passing) {

    static Problem forPeople(Reason reason, String message) {
        return new Problem(reason, message, false);
    }

    static Problem passing(Reason reason, String message) {
        return new Problem(reason, message, true);
    }

    ApplyResult after(List<Change> done) {
        return passing ? new ApplyResult.Failed(reason, message, done) : new ApplyResult.Refused(reason, message, done);
    }
}
