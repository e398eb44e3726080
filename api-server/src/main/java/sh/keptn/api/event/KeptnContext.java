package sh.keptn.api.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id that all events of one run share: always a UUID, whatever a client sent. */
final class KeptnContext {
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}");
    private static final int BYTES = 16;

    private KeptnContext() {}

    static boolean isUuid(String text) {
        return UUID_TEXT.matcher(text).matches();
    }

    /**
     * A UUID as it stands; of another text always the same UUID, made as Keptn makes it from the first 16 bytes, filled
     * up with blanks; of none a random one.
     */
    static String of(@Nullable String sent) {
        if (sent == null || sent.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        return isUuid(sent)
                ? sent
                : fromBytes(sent.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static UUID fromBytes(byte[] text) {
        byte[] bytes = new byte[BYTES];
        Arrays.fill(bytes, (byte) ' ');
        System.arraycopy(text, 0, bytes, 0, Math.min(text.length, BYTES));
        bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40); // version 4
        bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80); // variant of RFC 9562
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
