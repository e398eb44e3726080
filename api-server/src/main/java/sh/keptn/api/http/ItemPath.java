package sh.keptn.api.http;

import java.util.regex.Pattern;
import sh.keptn.api.http.Percent.Plus;
import sh.keptn.core.error.KeptnException;

/**
 * A name inside a path, brought to its final form. Keptn's clients encode such names up to twice, because its gateway
 * consumed one level: a name is decoded once; if it then still holds an encoded slash, it is decoded until it does not,
 * at most twice more. {@code +} is a blank at every level, as in Keptn.
 *
 * <p>What would change once more under another decoding is refused: two readers of one log line must not see two names.
 * Checks of content belong after this, on what it gives.
 */
final class ItemPath {
    private static final Pattern ENCODED_SLASH = Pattern.compile("%(25)*2[fF]");
    private static final Pattern ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");
    private static final int MORE = 2;

    private ItemPath() {}

    static String decode(String raw) {
        String name = once(raw);
        for (int i = 0; i < MORE && ENCODED_SLASH.matcher(name).find(); i++) {
            name = once(name);
        }
        if (ESCAPE.matcher(name).find()) {
            throw KeptnException.invalid("path", "holds a name that is percent-encoded more often than it may be");
        }
        return name;
    }

    private static String once(String text) {
        return Percent.decode(text, Plus.IS_BLANK)
                .orElseThrow(() -> KeptnException.invalid("path", "holds a malformed percent-escape"));
    }
}
