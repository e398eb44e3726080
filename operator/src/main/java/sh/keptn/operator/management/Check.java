package sh.keptn.operator.management;

import java.util.Optional;

/** Something that health depends on. */
@FunctionalInterface
public interface Check {
    /** What is wrong, in a line; empty if nothing is. */
    Optional<String> flaw();
}
