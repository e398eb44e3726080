package sh.keptn.bench.measure;

import java.util.function.IntFunction;

/** Two sides measured in turn, so that whatever else the machine does meets both. */
public record Interleaved(Run ours, Run beside) {

    /** So many rounds of both, each beginning every other one. The functions are told the round. */
    public static Interleaved rounds(int rounds, IntFunction<Run> ours, IntFunction<Run> beside) {
        Interleaved sum = round(0, ours, beside);
        for (int round = 1; round < rounds; round++) {
            sum = sum.plus(round(round, ours, beside));
        }
        return sum;
    }

    /** These rounds and later ones as one. */
    public Interleaved plus(Interleaved later) {
        return new Interleaved(ours.plus(later.ours), beside.plus(later.beside));
    }

    private static Interleaved round(int round, IntFunction<Run> ours, IntFunction<Run> beside) {
        if (round % 2 == 0) {
            Run first = ours.apply(round);
            return new Interleaved(first, beside.apply(round));
        }
        Run first = beside.apply(round);
        return new Interleaved(ours.apply(round), first);
    }
}
