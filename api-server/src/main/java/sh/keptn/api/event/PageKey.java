package sh.keptn.api.event;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The place of an event in the order of all events, as a page's {@code nextPageKey}.
 *
 * <p>Keptn's keys were offsets, and its command line stops paging when a key, read as a number, reaches
 * {@code --num-of-pages} (100 unless given). No number that small can name a place, so the key speaks to it in the two
 * ways that it understands: a text that is no number reads as 0 and it goes on, a number too large for it reads as the
 * largest and it stops. Keys are texts for the first 100 events and digits from there on: the command line shows as
 * many events by default as it did with Keptn, and clients that follow keys blindly get everything.
 *
 * @param walked how many events the client has seen up to here
 * @param at the event's time in microseconds
 * @param id the event's id, which decides between events of one microsecond
 */
public record PageKey(long walked, long at, UUID id) {
    private static final byte VERSION = 1;
    private static final String PREFIX = "k";
    private static final int BYTES = 1 + 4 * Long.BYTES;
    private static final long DIGITS_FROM = 100;
    private static final Pattern TEXT = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{44}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{20,80}");

    public static PageKey of(long walked, KeptnEvent last) {
        return new PageKey(walked, Micros.of(last.time()), last.id());
    }

    /** The key as clients see it. */
    public String text() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(walked)
                .putLong(at)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return walked < DIGITS_FROM
                ? PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                : new BigInteger(1, bytes).toString();
    }

    /** The key in the text, if it is one. */
    public static Optional<PageKey> parse(String text) {
        byte[] bytes;
        if (TEXT.matcher(text).matches()) {
            bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        } else if (DIGITS.matcher(text).matches()) {
            bytes = new BigInteger(text).toByteArray();
        } else {
            return Optional.empty();
        }
        if (bytes.length != BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, BYTES - 1);
        long walked = buffer.getLong();
        long at = buffer.getLong();
        return walked < 0
                ? Optional.empty()
                : Optional.of(new PageKey(walked, at, new UUID(buffer.getLong(), buffer.getLong())));
    }
}
