package sh.keptn.operator.apply;

import java.util.List;
import sh.keptn.crds.Reason;

/** Why something could not be done, and what it takes. */
record Problem(Reason reason, String message, Remedy remedy) {

    /** What may help. */
    enum Remedy {
        /** A person must mend something. */
        PERSON,
        /** It may work by itself; trying is how to find out. */
        TIME,
        /** Trying is what hinders: the API server wants to be left alone for a while. */
        PATIENCE
    }

    static Problem forPeople(Reason reason, String message) {
        return new Problem(reason, message, Remedy.PERSON);
    }

    static Problem passing(Reason reason, String message) {
        return new Problem(reason, message, Remedy.TIME);
    }

    static Problem busy(Reason reason, String message) {
        return new Problem(reason, message, Remedy.PATIENCE);
    }

    /** Whether it may work later by itself. */
    boolean passing() {
        return remedy != Remedy.PERSON;
    }

    ApplyResult after(List<Change> done) {
        return switch (remedy) {
            case PERSON -> new ApplyResult.Refused(reason, message, done);
            case TIME -> new ApplyResult.Failed(reason, message, done);
            case PATIENCE -> new ApplyResult.Busy(reason, message, done);
        };
    }
}
