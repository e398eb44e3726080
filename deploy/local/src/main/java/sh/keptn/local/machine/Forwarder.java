package sh.keptn.local.machine;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes connections at one address and continues each to another, so that what listens on loopback is reached from a link. */
final class Forwarder implements Closeable {

    private static final int BACKLOG = 256;

    private final ServerSocket server;
    private final InetSocketAddress target;

    private Forwarder(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    static Forwarder listen(InetSocketAddress address, InetSocketAddress target) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
        } catch (IOException failure) {
            server.close();
            throw new IOException("cannot listen on " + address + ": " + failure.getMessage(), failure);
        }
        return new Forwarder(server, target);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Until it is closed. */
    void run() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Thread.startVirtualThread(() -> forward(client));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void forward(Socket client) {
        try (client;
                Socket upstream = new Socket(target.getAddress(), target.getPort())) {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread answers = Thread.startVirtualThread(() -> copy(upstream, client));
            copy(client, upstream);
            answers.join();
        } catch (IOException ended) {
            // The client sees its connection closed, as it would have without a forwarder between.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One direction; its end is passed on, and a failure ends both. */
    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // There is nothing left to do with it.
        }
    }
}
