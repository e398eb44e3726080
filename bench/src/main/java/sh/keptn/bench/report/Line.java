package sh.keptn.bench.report;

import java.util.Optional;
import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.measure.Run;

/** One line of the table: the figure, its baseline and their ratio, the goal. */
public record Line(String what, String ours, String beside, String ratio, Optional<Goal> goal) {

    /** Compared by what a single operation takes. */
    public static Line byTime(String what, Run ours, String besideWhat, Run beside, Optional<Goal> goal) {
        String ratio = "time " + Figure.of(ours.median() / beside.median()) + "x";
        return new Line(what, ours.toString(), besideWhat + ": " + beside, ratio, goal);
    }

    /** Compared by how many are done in a second. */
    public static Line byRate(String what, Run ours, String besideWhat, Run beside, Optional<Goal> goal) {
        String ratio = "rate " + Figure.of(ours.rate() / beside.rate()) + "x";
        return new Line(what, ours.toString(), besideWhat + ": " + beside, ratio, goal);
    }

    /** A figure with nothing beside it. */
    public static Line alone(String what, String figure, Optional<Goal> goal) {
        return new Line(what, figure, "", "", goal);
    }

    /** As a row of a Markdown table. */
    String markdown() {
        String target = goal.map(Goal::words).orElse("");
        String verdict = goal.map(g -> g.reached() ? "yes" : "**no**").orElse("");
        return "| " + String.join(" | ", what, ours, beside, ratio, target, verdict) + " |";
    }
}
