package sh.keptn.core.git.jgit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy as companies run them: plain requests name the whole address, TLS goes through a tunnel, and nobody passes
 * without a name and password. It keeps all that clients send, tunnels included. Names below {@code .invalid}, which no
 * resolver knows, lead to this machine.
 */
final class ForwardProxy implements AutoCloseable {
    private final String password;
    private final String credentials;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicInteger challenges = new AtomicInteger();
    private volatile OptionalInt refusal = OptionalInt.empty();

    ForwardProxy(String user, String password) {
        this.password = password;
        this.credentials =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    String password() {
        return password;
    }

    /** The first line of each request that was let through. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** How often it asked for credentials. */
    int challenges() {
        return challenges.get();
    }

    /** Each byte that clients sent, as text. */
    String received() {
        synchronized (received) {
            return received.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** From now on every request that would be let through gets this status. */
    void refuse(int status) {
        refusal = OptionalInt.of(status);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                connections.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            for (Optional<HttpMessage> next = HttpMessage.read(in); next.isPresent(); next = HttpMessage.read(in)) {
                keep(next.get().bytes());
                if (!answer(next.get(), in, out)) {
                    return;
                }
            }
        } catch (IOException e) {
            // One of the two went away; so does this connection.
            connections.remove(client);
        }
    }

    /** Whether another request may follow on this connection. */
    private boolean answer(HttpMessage request, InputStream in, OutputStream out) throws IOException {
        if (!request.header("Proxy-Authorization").equals(Optional.of(credentials))) {
            challenges.incrementAndGet();
            status(out, "407 Who are you\r\nProxy-Authenticate: Basic realm=\"proxy\"");
            return true;
        }
        String first = request.lines().getFirst();
        requests.add(first);
        if (refusal.isPresent()) {
            status(out, refusal.getAsInt() + " No\r\nLocation: http://portal.invalid/");
            return true;
        }
        if (first.startsWith("CONNECT ")) {
            String[] place = first.split(" ", 3)[1].split(":", 2);
            tunnel(place[0], Integer.parseInt(place[1]), in, out);
            return false;
        }
        out.write(handOn(request));
        out.flush();
        return true;
    }

    private static void status(OutputStream out, String text) throws IOException {
        out.write(("HTTP/1.1 " + text + "\r\nContent-Length: 2\r\n\r\nno").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private byte[] handOn(HttpMessage request) throws IOException {
        String[] first = request.lines().getFirst().split(" ", 3);
        URI target = URI.create(first[1]);
        List<String> lines = new ArrayList<>();
        lines.add(first[0] + " " + target.getRawPath()
                + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()) + " HTTP/1.1");
        request.lines().stream()
                .skip(1)
                .filter(line -> !line.startsWith("Proxy-"))
                .forEach(lines::add);
        try (Socket socket = connect(target.getHost(), target.getPort())) {
            socket.getOutputStream().write(new HttpMessage(lines, request.body()).bytes());
            return HttpMessage.read(new BufferedInputStream(socket.getInputStream()))
                    .map(HttpMessage::bytes)
                    .orElse(new byte[0]);
        }
    }

    private void tunnel(String host, int port, InputStream in, OutputStream out) throws IOException {
        try (Socket socket = connect(host, port)) {
            connections.add(socket);
            out.write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            threads.execute(() -> {
                try (socket) {
                    socket.getInputStream().transferTo(out);
                } catch (IOException e) {
                    connections.remove(socket);
                }
            });
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                keep(java.util.Arrays.copyOf(buffer, count));
                socket.getOutputStream().write(buffer, 0, count);
            }
        }
    }

    private static Socket connect(String host, int port) throws IOException {
        InetAddress address =
                host.endsWith(".invalid") ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
        Socket socket = new Socket(address, port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void keep(byte[] bytes) {
        synchronized (received) {
            received.writeBytes(bytes);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
