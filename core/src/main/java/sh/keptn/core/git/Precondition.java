package sh.keptn.core.git;

import java.util.List;
import java.util.Set;

/**
 * What must stand in a branch for a write to be made. It is judged on the very head that the write is pushed on, so that
 * nobody can come in between.
 */
public sealed interface Precondition {
    /** Where to look: the first of these paths at which there is something, file or folder. */
    List<String> paths();

    /** Something is there, and its object id is one of these. */
    record OneOf(List<String> paths, Set<String> ids) implements Precondition {
        public OneOf {
            paths = List.copyOf(paths);
            ids = Set.copyOf(ids);
        }
    }

    /** Something is there, whatever it is. */
    record Present(List<String> paths) implements Precondition {
        public Present {
            paths = List.copyOf(paths);
        }
    }

    /** Nothing is there. */
    record Absent(List<String> paths) implements Precondition {
        public Absent {
            paths = List.copyOf(paths);
        }
    }
}
