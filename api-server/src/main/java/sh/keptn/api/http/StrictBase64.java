package sh.keptn.api.http;

import java.util.Base64;
import sh.keptn.core.error.KeptnException;

/** Base64 as Keptn takes it: the standard alphabet, padded; line breaks inside are let pass. */
public final class StrictBase64 {
    private static final int GROUP = 4;

    private StrictBase64() {}

    /**
     * Decodes a field.
     *
     * @throws KeptnException {@code Invalid} naming the field, for another alphabet or missing padding
     */
    public static byte[] decode(String field, String text) {
        String compact = text.replace("\r", "").replace("\n", "");
        if (compact.length() % GROUP == 0) {
            try {
                return Base64.getDecoder().decode(compact);
            } catch (IllegalArgumentException e) {
                // The same answer as for missing padding, below.
            }
        }
        throw KeptnException.invalid(field, "must be base64 in the standard alphabet, padded");
    }
}
