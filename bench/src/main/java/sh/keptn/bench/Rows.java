package sh.keptn.bench;

import java.io.IOException;
import java.util.List;
import sh.keptn.bench.report.Line;

/** One section of the table. */
interface Rows {
    /** The letter that chooses it on the command line. */
    String letter();

    String title();

    /** Whether a second time measures the same as the first. */
    default boolean repeatable() {
        return true;
    }

    List<Line> measure() throws IOException, InterruptedException;
}
