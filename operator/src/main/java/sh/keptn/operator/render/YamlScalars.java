package sh.keptn.operator.render;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means, by the rules that kubectl and Helm read manifests with, which are those of YAML 1.1 as Go
 * reads it: {@code 0644} is an octal number, {@code on} is true, a date is text.
 */
final class YamlScalars {
    private static final Map<String, Boolean> BOOLEANS =
            Map.of("true", true, "yes", true, "on", true, "false", false, "no", false, "off", false);
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)");
    private static final Pattern OCTAL = Pattern.compile("0[0-7_]+");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOT_A_NUMBER_IN_JSON = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final int LONGEST_INTEGER = 40;

    private YamlScalars() {}

    /** A string, number or boolean, or null; an {@link IllegalArgumentException} where JSON has no such value. */
    static @Nullable Object resolve(String text) {
        if (text.isEmpty() || text.equals("~") || isWord(text, "null")) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Boolean flag = BOOLEANS.get(lower);
        if (flag != null && isWord(text, lower)) {
            return flag;
        }
        char first = text.charAt(0);
        boolean numeric = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
        if (!numeric) {
            return text;
        }
        if (NOT_A_NUMBER_IN_JSON.matcher(text).matches()) {
            throw new IllegalArgumentException("infinity and 'not a number' have no place in an object");
        }
        if (INTEGER.matcher(text).matches() && text.length() <= LONGEST_INTEGER) {
            return integer(text);
        }
        if (FLOAT.matcher(text).matches()) {
            double value = Double.parseDouble(text.replace("_", ""));
            if (Double.isInfinite(value)) {
                throw new IllegalArgumentException("a number is too large");
            }
            return value;
        }
        return text;
    }

    /** Lower case, upper case, or with a capital: the three spellings that count. */
    private static boolean isWord(String text, String lower) {
        return text.equals(lower)
                || text.equals(lower.toUpperCase(Locale.ROOT))
                || text.equals(lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1));
    }

    private static Object integer(String text) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        String plain = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        int radix = 10;
        if (plain.startsWith("0b")) {
            radix = 2;
            plain = plain.substring(2);
        } else if (plain.startsWith("0o")) {
            radix = 8;
            plain = plain.substring(2);
        } else if (plain.startsWith("0x")) {
            radix = 16;
            plain = plain.substring(2);
        } else if (OCTAL.matcher(plain).matches()) {
            radix = 8;
            plain = plain.substring(1);
        }
        if (plain.isEmpty()) {
            return text;
        }
        BigInteger value = new BigInteger(negative ? "-" + plain : plain, radix);
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : (Object) value.doubleValue();
    }
}
