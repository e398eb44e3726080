package sh.keptn.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a client off that connects and does not come to the end of its TLS handshake: the web server waits for it without
 * end, and each such client takes the place of another.
 */
final class HandshakeDeadline implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HandshakeDeadline.class);

    private final Duration time;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("handshake-deadline").factory());

    HandshakeDeadline(Duration time) {
        this.time = time;
    }

    /** The same context, whose sockets keep the deadline. */
    SSLContext on(SSLContext context) {
        return new SSLContext(new Watched(context), context.getProvider(), context.getProtocol()) {};
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    // The future says nothing: the task has no result and does not fail.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void watch(SSLSocket socket, Socket below) {
        Shaking shaking = new Shaking(new WeakReference<>(socket), new WeakReference<>(below));
        clock.schedule(shaking::cut, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A connection in its handshake; one that is over and gone meanwhile is not kept in memory for the deadline. */
    private record Shaking(WeakReference<SSLSocket> secured, WeakReference<Socket> below) {
        void cut() {
            SSLSocket socket = secured.get();
            Socket connection = below.get();
            // The protocol is null until the handshake is over, and the empty text where none was agreed upon.
            if (socket == null || connection == null || socket.getApplicationProtocol() != null) {
                return;
            }
            try {
                connection.close();
            } catch (IOException e) {
                log.atDebug().setCause(e).log("a connection was closed badly");
            }
        }
    }

    /** Hands everything on but the one kind of socket that the web server asks for. */
    private final class Watched extends SSLContextSpi {
        private final SSLContext context;

        private Watched(SSLContext context) {
            this.context = context;
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new WatchedSockets(context.getSocketFactory());
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            context.init(keys, trust, random);
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }
    }

    private final class WatchedSockets extends SSLSocketFactory {
        private final SSLSocketFactory sockets;

        private WatchedSockets(SSLSocketFactory sockets) {
            this.sockets = sockets;
        }

        @Override
        public Socket createSocket(Socket below, InputStream consumed, boolean autoClose) throws IOException {
            SSLSocket socket = (SSLSocket) sockets.createSocket(below, consumed, autoClose);
            watch(socket, below);
            return socket;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
            return sockets.createSocket(below, host, port, autoClose);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return sockets.createSocket(host, port, from, fromPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return sockets.createSocket(host, port, from, fromPort);
        }
    }
}
