package sh.keptn.core.git.jgit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Stands between the store and a Git server, hands on each request, and does harm where it is told to. It also counts
 * what it sees.
 */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Planned> faults = new ConcurrentLinkedQueue<>();
    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** What may go wrong with one request. */
    sealed interface Fault {
        /** An answer that the server never gave. */
        record Answer(int status, List<String> headers, String body) implements Fault {}

        /** The connection ends before the server sees the request. */
        record CutBefore() implements Fault {}

        /** The server does what is asked, and its answer is lost. */
        record CutAfter() implements Fault {}

        /** The answer ends in its middle. */
        record CutWithin() implements Fault {}

        /** Nothing happens until the latch opens. */
        record Silence(CountDownLatch until) implements Fault {}

        /** Something happens at this moment, and the request goes on. */
        record Meanwhile(Runnable action) implements Fault {}
    }

    record Request(String method, String path, List<String> headers) {
        boolean isPush() {
            return method.equals("POST") && path.endsWith("/git-receive-pack");
        }

        boolean isAdvertisement() {
            return method.equals("GET");
        }
    }

    private record Planned(Predicate<Request> when, Fault fault) {}

    FaultProxy(int target) {
        this.target = target;
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

    /** The next request that fits meets this fault, once. */
    void next(Predicate<Request> when, Fault fault) {
        faults.add(new Planned(when, fault));
    }

    List<Request> seen() {
        return List.copyOf(seen);
    }

    void forgetSeen() {
        seen.clear();
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
            while (exchange(in, client.getOutputStream())) {
                // One request after the other on a kept connection.
            }
        } catch (IOException e) {
            // The client went away; so does this connection.
            connections.remove(client);
        }
    }

    private boolean exchange(InputStream in, OutputStream out) throws IOException {
        Optional<HttpMessage> next = HttpMessage.read(in);
        if (next.isEmpty()) {
            return false;
        }
        HttpMessage message = next.get();
        List<String> lines = message.lines();
        String[] first = lines.getFirst().split(" ", 3);
        Request request = new Request(first[0], first[1].replaceAll("\\?.*", ""), lines);
        seen.add(request);
        Planned planned = faults.stream()
                .filter(fault -> fault.when().test(request))
                .findFirst()
                .orElse(null);
        if (planned == null || !faults.remove(planned)) {
            out.write(forward(message));
            out.flush();
            return true;
        }
        return switch (planned.fault()) {
            case Fault.Answer answer -> {
                byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
                StringBuilder text = new StringBuilder("HTTP/1.1 " + answer.status() + " Fault\r\n");
                answer.headers().forEach(header -> text.append(header).append("\r\n"));
                text.append("Content-Length: ").append(content.length).append("\r\n\r\n");
                out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
                out.write(content);
                out.flush();
                yield true;
            }
            case Fault.CutBefore() -> false;
            case Fault.CutAfter() -> {
                byte[] lost = forward(message);
                yield lost.length < 0;
            }
            case Fault.CutWithin() -> {
                byte[] answer = forward(message);
                out.write(answer, 0, answer.length - 20);
                out.flush();
                yield false;
            }
            case Fault.Silence(CountDownLatch until) -> {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield false;
            }
            case Fault.Meanwhile(Runnable action) -> {
                action.run();
                out.write(forward(message));
                out.flush();
                yield true;
            }
        };
    }

    /** A connection of its own for each request, so that the answer ends where the server says so. */
    private byte[] forward(HttpMessage request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request.bytes());
            return HttpMessage.read(new BufferedInputStream(socket.getInputStream()))
                    .map(HttpMessage::bytes)
                    .orElse(new byte[0]);
        }
    }

    /** Cuts whatever is kept open. */
    void cutAll() {
        for (Socket socket : connections) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
        threads.shutdownNow();
    }
}
