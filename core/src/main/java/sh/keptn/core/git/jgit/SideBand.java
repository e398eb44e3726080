package sh.keptn.core.git.jgit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.PackProtocolException;

/**
 * The data out of Git's side band: packets of a length, a channel and content. What the server tells a person on the way
 * is passed over, and so are the empty packets by which a busy server keeps its line open.
 */
final class SideBand extends InputStream {
    private static final int LENGTH_DIGITS = 4;
    private static final int DATA = 1;
    private static final int PROGRESS = 2;
    private static final int HEXADECIMAL = 16;

    private final InputStream packets;
    private int left;
    private boolean ended;

    SideBand(InputStream packets) {
        this.packets = packets;
    }

    @Override
    public int read() throws IOException {
        if (!hasData()) {
            return -1;
        }
        left--;
        return oneByte();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasData()) {
            return -1;
        }
        int count = packets.read(buffer, offset, Math.min(length, left));
        if (count < 0) {
            throw new EOFException();
        }
        left -= count;
        return count;
    }

    private boolean hasData() throws IOException {
        while (left == 0 && !ended) {
            int length = length();
            if (length == 0) {
                ended = true;
            } else if (length > LENGTH_DIGITS) {
                open(oneByte(), length - LENGTH_DIGITS - 1);
            }
        }
        return !ended;
    }

    private void open(int channel, int length) throws IOException {
        if (channel == DATA) {
            left = length;
            return;
        }
        packets.skipNBytes(length);
        if (channel != PROGRESS) {
            throw new IOException("the server broke the push off with a message");
        }
    }

    private int length() throws IOException {
        int length = 0;
        for (int i = 0; i < LENGTH_DIGITS; i++) {
            int digit = Character.digit(oneByte(), HEXADECIMAL);
            if (digit < 0) {
                throw new PackProtocolException("no length of a packet");
            }
            length = length * HEXADECIMAL + digit;
        }
        return length;
    }

    private int oneByte() throws IOException {
        int value = packets.read();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }
}
