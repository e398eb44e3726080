package sh.keptn.bench.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** A number with as many digits as a measurement deserves. */
public final class Figure {
    private static final int DIGITS = 3;
    private static final double WHOLE = 100;

    private Figure() {}

    /** Three digits, and whole numbers from 100 upward. */
    public static String of(double value) {
        if (value >= WHOLE) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return BigDecimal.valueOf(value).round(new MathContext(DIGITS)).toPlainString();
    }
}
