package sh.keptn.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The NGINX of the distribution as a plain process with the shipped configuration: only the three files that differ from
 * place to place are others.
 */
final class Nginx implements AutoCloseable {
    private static final Path SHIPPED = Path.of("..", "deploy", "gateway");

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Plain HTTP in front of a port of this machine. */
    static Nginx inFrontOf(int upstreamPort, Path folder) {
        return start(folder, "listen 127.0.0.1:%d; listen 127.0.0.2:%1$d;", upstreamPort, "");
    }

    /**
     * Any other way.
     *
     * @param listen the file listen.conf, with {@code %d} for the port
     */
    static Nginx start(Path folder, String listen, int upstreamPort, String prefix) {
        try {
            int port = freePort();
            Path run = Files.createDirectories(folder.resolve("run-" + port));
            Path configuration = Files.createDirectories(folder.resolve("conf-" + port));
            Files.copy(SHIPPED.resolve("nginx.conf"), configuration.resolve("nginx.conf"));
            Files.writeString(configuration.resolve("listen.conf"), listen.formatted(port));
            Files.writeString(configuration.resolve("upstream.conf"), "server 127.0.0.1:" + upstreamPort + ";");
            Files.writeString(
                    configuration.resolve("prefix.conf"),
                    Files.readString(SHIPPED.resolve("prefix.conf"))
                            .replace("set $prefix \"\";", "set $prefix \"" + prefix + "\";"));
            Process process = new ProcessBuilder(
                            program(),
                            "-p",
                            run.toAbsolutePath().toString(),
                            "-c",
                            configuration.resolve("nginx.conf").toAbsolutePath().toString(),
                            "-g",
                            "daemon off; user root;")
                    .redirectErrorStream(true)
                    .redirectOutput(run.resolve("log").toFile())
                    .start();
            Nginx nginx = new Nginx(process, port);
            Awaitility.await("NGINX listens").until(() -> nginx.listens(run.resolve("log")));
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException("NGINX is needed (Debian: apt-get install nginx)", e);
        }
    }

    int port() {
        return port;
    }

    private boolean listens(Path log) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("NGINX ended: " + Files.readString(log));
        }
        try (RawSocket socket = new RawSocket(port)) {
            return socket.isOpen();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Debian keeps it where only administrators look. */
    private static String program() {
        Path debian = Path.of("/usr/sbin/nginx");
        return Files.isExecutable(debian) ? debian.toString() : "nginx";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
