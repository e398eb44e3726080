package sh.keptn.bench.report;

import sh.keptn.bench.measure.Figure;
import sh.keptn.bench.measure.Run;

/** What a row reaches for, and whether it was reached. */
public record Goal(String words, boolean reached) {

    /** A median at most this share of the other's. */
    public static Goal timeAtMost(double share, Run ours, Run beside) {
        return new Goal("time <= " + Figure.of(share) + "x", ours.median() <= share * beside.median());
    }

    /** A rate at least this many times the other's. */
    public static Goal rateAtLeast(double times, Run ours, Run beside) {
        return new Goal("rate >= " + Figure.of(times) + "x", ours.rate() >= times * beside.rate());
    }

    public static Goal medianAtMost(double millis, Run ours) {
        return new Goal("p50 <= " + Figure.of(millis) + " ms", ours.median() <= millis);
    }

    public static Goal below(double most, double value, String unit) {
        return new Goal("<= " + Figure.of(most) + " " + unit, value <= most);
    }
}
