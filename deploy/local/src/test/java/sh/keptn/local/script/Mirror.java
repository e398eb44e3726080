package sh.keptn.local.script;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves files over HTTP, well or badly, and remembers what it was asked for. */
final class Mirror implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Path> files = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Manner manner = Manner.WHOLE;

    /** How an answer goes. */
    enum Manner {
        WHOLE,
        BROKEN_OFF,
        STALLED
    }

    Mirror() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on the file's content is at this path. */
    void serve(String path, Path file) {
        files.put(path, file);
    }

    void answer(Manner next) {
        manner = next;
    }

    /** The paths, in the order they were asked for. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        workers.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(path);
        Path file = files.get(path);
        if (file == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(200, Files.size(file));
        OutputStream body = exchange.getResponseBody();
        switch (manner) {
            case WHOLE -> Files.copy(file, body);
            case BROKEN_OFF -> body.write(half(file));
            case STALLED -> {
                body.write(half(file));
                body.flush();
                awaitClose();
            }
        }
        exchange.close();
    }

    private static byte[] half(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            return content.readNBytes((int) (Files.size(file) / 2));
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
