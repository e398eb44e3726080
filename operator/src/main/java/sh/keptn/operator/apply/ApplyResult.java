package sh.keptn.operator.apply;

import java.util.List;
import sh.keptn.crds.Reason;

/** How applying ended. Whatever it was, {@link #done()} is what the inventory must hold from now on. */
public sealed interface ApplyResult {
    /** The objects that were reached, in their order. */
    List<Change> done();

    /** The cluster took all of them. */
    record Applied(List<Change> done) implements ApplyResult {
        public Applied {
            done = List.copyOf(done);
        }
    }

    /** A person must mend something: another try would end the same. */
    record Refused(Reason reason, String message, List<Change> done) implements ApplyResult {
        public Refused {
            done = List.copyOf(done);
        }
    }

    /** It did not work now and may work later by itself. */
    record Failed(Reason reason, String message, List<Change> done) implements ApplyResult {
        public Failed {
            done = List.copyOf(done);
        }
    }
}
