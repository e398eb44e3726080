package sh.keptn.local.git;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git's smart HTTP protocol, version 2 for fetches where the client offers it.
 *
 * <pre>
 * GET  /sockshop.git/info/refs?service=git-upload-pack
 * POST /sockshop.git/git-upload-pack
 * POST /sockshop.git/git-receive-pack
 * </pre>
 */
final class SmartHttpRoutes implements HttpService {
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";
    private static final HeaderName GIT_PROTOCOL = HeaderNames.create("Git-Protocol");
    private static final Pattern PATH =
            Pattern.compile("/(?<name>.+?)(\\.git)?/(?<what>info/refs|git-upload-pack|git-receive-pack)");
    /** Answers up to this size leave in one write with their length, larger ones in chunks. */
    private static final int ONE_WRITE = 64 * 1024;

    private final Repositories repositories;
    private final String ownerToken;
    private final Consumer<RepositoryName> pushed;

    /**
     * @param pushed is told after each push that changed something; answers at once
     */
    SmartHttpRoutes(Repositories repositories, String ownerToken, Consumer<RepositoryName> pushed) {
        this.repositories = repositories;
        this.ownerToken = ownerToken;
        this.pushed = pushed;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.any(this::serve);
    }

    private void serve(ServerRequest request, ServerResponse response) throws IOException {
        Matcher path = PATH.matcher(request.path().path());
        if (!path.matches() || !RepositoryName.isValid(path.group("name"))) {
            response.status(Status.NOT_FOUND_404).send();
            return;
        }
        Optional<Repositories.Entry> entry = repositories.find(new RepositoryName(path.group("name")));
        if (!mayEnter(request, entry)) {
            response.status(Status.UNAUTHORIZED_401)
                    .header(HeaderNames.WWW_AUTHENTICATE, "Basic realm=\"keptn\"")
                    .send();
            return;
        }
        if (entry.isEmpty()) {
            response.status(Status.NOT_FOUND_404).send("Repository not found");
            return;
        }
        switch (path.group("what")) {
            case UPLOAD -> upload(request, response, entry.get());
            case RECEIVE -> receive(request, response, entry.get());
            default -> advertise(request, response, entry.get());
        }
    }

    /** Whoever shows no token at all learns nothing, not even which repositories there are. */
    private boolean mayEnter(ServerRequest request, Optional<Repositories.Entry> entry) {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!header.startsWith("Basic ")) {
            return false;
        }
        try {
            String decoded = new String(
                    Base64.getDecoder()
                            .decode(header.substring("Basic ".length()).strip()),
                    StandardCharsets.UTF_8);
            byte[] shown = decoded.substring(decoded.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
            return isEqual(shown, ownerToken)
                    || entry.map(found -> isEqual(shown, found.token())).orElse(true);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isEqual(byte[] shown, String token) {
        return !token.isEmpty() && MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8));
    }

    private void advertise(ServerRequest request, ServerResponse response, Repositories.Entry entry)
            throws IOException {
        String service = request.query().first("service").orElse("");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        PacketLineOut lines = new PacketLineOut(body);
        switch (service) {
            case UPLOAD -> {
                try (UploadPack upload = uploadPack(request, entry)) {
                    if (!versionTwo(request)) {
                        lines.writeString("# service=" + service + "\n");
                        lines.end();
                    }
                    upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
                }
            }
            case RECEIVE -> {
                lines.writeString("# service=" + service + "\n");
                lines.end();
                receivePack(entry).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
            }
            default -> {
                response.status(Status.FORBIDDEN_403).send("Smart HTTP only");
                return;
            }
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/x-" + service + "-advertisement")
                .header(HeaderNames.CACHE_CONTROL, "no-cache")
                .send(body.toByteArray());
    }

    private static void upload(ServerRequest request, ServerResponse response, Repositories.Entry entry)
            throws IOException {
        try (InputStream in = request.content().inputStream();
                OutputStream out = answer(response, UPLOAD);
                UploadPack upload = uploadPack(request, entry)) {
            upload.uploadWithExceptionPropagation(in, out, null);
        }
    }

    private void receive(ServerRequest request, ServerResponse response, Repositories.Entry entry) throws IOException {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        try (InputStream in = request.content().inputStream()) {
            receivePack(entry).receiveWithExceptionPropagation(in, report, null);
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/x-" + RECEIVE + "-result")
                .header(HeaderNames.CACHE_CONTROL, "no-cache")
                .send(report.toByteArray());
    }

    private static UploadPack uploadPack(ServerRequest request, Repositories.Entry entry) {
        UploadPack upload = new UploadPack(entry.repository());
        upload.setBiDirectionalPipe(false);
        upload.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        if (versionTwo(request)) {
            upload.setExtraParameters(Set.of("version=2"));
        }
        return upload;
    }

    private ReceivePack receivePack(Repositories.Entry entry) {
        ReceivePack receive = new QuickReceivePack(entry.repository());
        receive.setBiDirectionalPipe(false);
        receive.setCheckReceivedObjects(true);
        receive.setPostReceiveHook((pack, changed) -> {
            if (!changed.isEmpty()) {
                pushed.accept(entry.name());
            }
        });
        return receive;
    }

    /** JGit lets only its heirs choose how a push is checked. */
    private static final class QuickReceivePack extends ReceivePack {
        QuickReceivePack(Repository repository) {
            super(repository);
            connectivityChecker = new ChangesOnly(connectivityChecker);
        }
    }

    private static boolean versionTwo(ServerRequest request) {
        return request.headers().first(GIT_PROTOCOL).orElse("").contains("version=2");
    }

    private static OutputStream answer(ServerResponse response, String service) {
        response.header(HeaderNames.CONTENT_TYPE, "application/x-" + service + "-result")
                .header(HeaderNames.CACHE_CONTROL, "no-cache");
        return new BufferedOutputStream(response.outputStream(), ONE_WRITE);
    }
}
