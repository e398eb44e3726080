package sh.keptn.bench;

import java.io.IOException;
import java.util.List;
import sh.keptn.bench.report.Line;

/** One section of the table. */
interface Rows {
    /** The letter that chooses it on the command line. */
    String letter();

    String title();

    List<Line> measure() throws IOException, InterruptedException;
}
