package sh.keptn.local.git;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bare repositories of a directory over smart HTTP, each behind its own token.
 *
 * <pre>{@code
 * try (GitServer server = GitServer.start(directory, 0)) {
 *     Provisioned upstream = server.provision("sockshop", "keptn");
 *     // git clone http://keptn:<token>@127.0.0.1:<port>/sockshop.git
 * }
 * }</pre>
 *
 * It also answers Keptn's provisioner protocol: {@code POST /repository} and {@code DELETE /repository} with
 * {@code {"project": "sockshop", "namespace": "keptn"}}. Binds to the loopback address alone.
 */
public final class GitServer implements AutoCloseable {
    private final Repositories repositories;
    private final WebServer web;
    private final Optional<Webhook> webhook;

    private GitServer(Repositories repositories, WebServer web, Optional<Webhook> webhook) {
        this.repositories = repositories;
        this.web = web;
        this.webhook = webhook;
    }

    /** Serves the repositories of a directory, which is made if it is absent; port 0 takes a free one. */
    public static GitServer start(Path directory, int port) {
        return start(directory, port, "");
    }

    /** The same, with a token of the owner that opens every repository; an empty one opens none. */
    public static GitServer start(Path directory, int port, String ownerToken) {
        return start(directory, port, ownerToken, Optional.empty());
    }

    /** The same, and every push is announced; the server closes the webhook with itself. */
    public static GitServer start(Path directory, int port, String ownerToken, Optional<Webhook> webhook) {
        Repositories repositories = new Repositories(directory);
        WebServer web = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(port)
                .shutdownHook(false)
                .contentEncoding(ContentEncodingContext.create(encodings ->
                        encodings.contentEncodingsDiscoverServices(false).addContentEncoding(new GzipRequests())))
                .connectionOptions(options -> options.tcpNoDelay(true))
                .routing(routing -> routing.register("/repository", new ProvisionerRoutes(repositories))
                        .register(
                                "/",
                                new SmartHttpRoutes(
                                        repositories,
                                        ownerToken,
                                        name -> webhook.ifPresent(hook -> hook.pushed(name)))))
                .build()
                .start();
        return new GitServer(repositories, web, webhook);
    }

    /** The address that all repositories stand under, without a slash at its end. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + web.port());
    }

    public int port() {
        return web.port();
    }

    /** Makes a project's repository, or finds the one made before: the same address and token each time. */
    public Provisioned provision(String project, String namespace) {
        Repositories.Entry entry = repositories.provision(RepositoryName.of(project, namespace));
        return Provisioned.of(url(), entry);
    }

    /** The bare repository on disk, for whoever wants to look at it without this server. */
    public Path directoryOf(String project, String namespace) {
        return repositories.directoryOf(RepositoryName.of(project, namespace));
    }

    @Override
    public void close() {
        web.stop();
        webhook.ifPresent(Webhook::close);
    }
}
