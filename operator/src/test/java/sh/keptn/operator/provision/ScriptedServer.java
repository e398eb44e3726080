package sh.keptn.operator.provision;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that says exactly what it is told to, right or wrong; every connection is answered in the same way. */
final class ScriptedServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final ServerSocket socket;
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private volatile String begin = "";
    private volatile String more = "";
    private volatile Duration pause = Duration.ZERO;

    private ScriptedServer(ServerSocket socket) {
        this.socket = socket;
    }

    static ScriptedServer start() {
        try {
            ScriptedServer server = new ScriptedServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Says this, then closes. */
    void answer(String text) {
        this.begin = text;
    }

    /** Says this, then that again and again until the other side has enough. */
    void answerForever(String text, String again, Duration between) {
        this.begin = text;
        this.more = again;
        this.pause = between;
    }

    /** The next request, as it came. */
    String request() {
        try {
            String request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("nobody asked");
            }
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            requests.add(read(connection.getInputStream()));
            OutputStream out = connection.getOutputStream();
            say(out, begin);
            while (!more.isEmpty() && !socket.isClosed()) {
                LockSupport.parkNanos(pause.toNanos());
                say(out, more);
            }
        } catch (IOException e) {
            // The other side has had enough.
        }
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The head, and the object of JSON that ends every request. */
    private static String read(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            request.append((char) read);
            if (read == '}') {
                break;
            }
        }
        return request.toString();
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
