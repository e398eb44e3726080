package sh.keptn.core.model;

/** Foreign text made fit for one line of a message: control and direction characters escaped, long text cut. */
public final class Printable {
    private static final int MAX_LENGTH = 100;

    private Printable() {}

    /** The text with everything but visible characters and blanks escaped, cut after 100 characters. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 1);
        int[] codePoints = text.codePoints().limit(MAX_LENGTH + 1L).toArray();
        for (int i = 0; i < Math.min(codePoints.length, MAX_LENGTH); i++) {
            appendVisible(out, codePoints[i]);
        }
        return codePoints.length > MAX_LENGTH ? out.append('…').toString() : out.toString();
    }

    private static void appendVisible(StringBuilder out, int codePoint) {
        boolean hidden = switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
        if (hidden) {
            out.append(String.format("\\u%04x", codePoint));
        } else {
            out.appendCodePoint(codePoint);
        }
    }
}
