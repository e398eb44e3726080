package sh.keptn.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection that says exactly what it is told to, right or wrong. */
final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawSocket(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends as much of it as the other side takes. */
    RawSocket send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // The other side has closed: what it said before can still be read.
        }
        return this;
    }

    /** Everything until the other side closes; fails if it does not. */
    String untilClosed() {
        StringBuilder all = new StringBuilder();
        try {
            for (int read = socket.getInputStream().read();
                    read >= 0;
                    read = socket.getInputStream().read()) {
                all.append((char) read);
            }
        } catch (SocketException e) {
            // A reset is a way to close.
        } catch (IOException e) {
            throw new UncheckedIOException("still open after " + PATIENCE_MILLIS + " ms, having said: " + all, e);
        }
        return all.toString();
    }

    /** The first line of the answer. */
    String statusLine() {
        StringBuilder line = new StringBuilder();
        try {
            for (int read = socket.getInputStream().read(); read >= 0 && read != '\n'; ) {
                line.append((char) read);
                read = socket.getInputStream().read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString().strip();
    }

    boolean isOpen() {
        try {
            socket.getOutputStream().write('x');
            socket.getOutputStream().flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
