package sh.keptn.api.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.Printable;

/**
 * Fills in the places in double square brackets: {@code [[ .Context.service ]]}. Of Go's templates it knows paths, the
 * {@code -} that takes blanks away, and comments. A name that is not there is a failure and never an empty text.
 */
final class Template {
    private static final String OPEN = "[[";
    private static final String CLOSE = "]]";
    private static final Pattern PATH = Pattern.compile("(\\.[A-Za-z_][A-Za-z0-9_]*)+");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*\\*/");

    private final JsonNode values;
    private final int mostCharacters;

    /** Values to be filled in, as a tree; no result may become longer than that. */
    Template(JsonNode values, int mostCharacters) {
        this.values = values;
        this.mostCharacters = mostCharacters;
    }

    String render(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw KeptnException.invalid("template", "'[[' is not closed");
            }
            append(out, text.substring(at, open));
            String place = text.substring(open + OPEN.length(), close);
            at = close + CLOSE.length();
            if (place.startsWith("- ")) {
                out.setLength(out.toString().stripTrailing().length());
                place = place.substring(1);
            }
            boolean trims = place.endsWith(" -");
            append(out, value(trims ? place.substring(0, place.length() - 1) : place));
            while (trims && at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        append(out, text.substring(at));
        return out.toString();
    }

    private String value(String place) {
        String path = place.strip();
        if (COMMENT.matcher(path).matches()) {
            return "";
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw KeptnException.invalid(
                    "template", "'" + Printable.of(path) + "' must be a path such as .Context.service");
        }
        JsonNode value = values;
        for (String name : path.substring(1).split("\\.", -1)) {
            value = value.path(name);
        }
        if (!value.isValueNode() || value.isNull()) {
            throw KeptnException.invalid("template", "'" + Printable.of(path) + "' has no value");
        }
        return value.asText();
    }

    private void append(StringBuilder out, String text) {
        if (out.length() + text.length() > mostCharacters) {
            throw KeptnException.invalid("template", "gives more than " + mostCharacters + " characters");
        }
        out.append(text);
    }
}
