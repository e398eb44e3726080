package sh.keptn.local.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports of the loopback address that nobody listens on. All are held open until the last is found, so that the
 * answer never names one twice.
 */
final class FreePorts {

    // Below the range from which systems take the ports of outgoing connections: a remembered port stays free.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private FreePorts() {}

    static List<Integer> choose(List<PortWish> wishes) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> chosen = new ArrayList<>();
            for (PortWish wish : wishes) {
                ServerSocket socket = hold(wish);
                held.add(socket);
                chosen.add(socket.getLocalPort());
            }
            return List.copyOf(chosen);
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static ServerSocket hold(PortWish wish) throws IOException {
        return switch (wish) {
            case PortWish.Exactly(int port) ->
                tryHold(port).orElseThrow(() -> new IOException("port " + port + " is in use"));
            case PortWish.Upward(int from) -> upward(from);
            case PortWish.Preferably(int port) -> {
                Optional<ServerSocket> remembered = port == 0 ? Optional.empty() : tryHold(port);
                yield remembered.isPresent() ? remembered.get() : any();
            }
        };
    }

    private static ServerSocket upward(int from) throws IOException {
        for (int port = from; port <= PortWish.LAST; port++) {
            Optional<ServerSocket> socket = tryHold(port);
            if (socket.isPresent()) {
                return socket.get();
            }
        }
        throw new IOException("no port from " + from + " upward is free");
    }

    private static ServerSocket any() throws IOException {
        int start = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        return upward(start);
    }

    private static Optional<ServerSocket> tryHold(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.of(socket);
        } catch (IOException taken) {
            socket.close();
            return Optional.empty();
        }
    }
}
