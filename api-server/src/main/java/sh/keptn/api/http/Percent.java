package sh.keptn.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-decoding that refuses what is malformed, where the JDK's guesses. */
final class Percent {
    private Percent() {}

    /**
     * The text decoded once; empty if an escape is cut short, is no hex, or the bytes are no UTF-8.
     *
     * @param plusIsBlank the rule of forms and of Keptn's item names
     */
    static Optional<String> decode(String text, Plus plusIsBlank) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                if (i + 2 >= in.length) {
                    return Optional.empty();
                }
                int high = Character.digit((char) in[i + 1], 16);
                int low = Character.digit((char) in[i + 2], 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                out.put((byte) (high << 4 | low));
                i += 2;
            } else if (in[i] == '+' && plusIsBlank == Plus.IS_BLANK) {
                out.put((byte) ' ');
            } else {
                out.put(in[i]);
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** What a plus sign stands for. */
    enum Plus {
        IS_BLANK,
        IS_ITSELF
    }
}
