package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.UserAgent;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/** A push by smart HTTP: a GET that shows the branches, and a POST that carries everything else. */
final class HttpPushWire implements PushWire {
    private static final String SERVICE = "git-receive-pack";
    private static final String BRANCHES = "info/refs";
    private static final int MAX_REDIRECTS = 5;

    private final HttpTransfer transfer;
    private URI repository;
    private @Nullable HttpConnection push;

    HttpPushWire(HttpTransfer transfer, URI address) {
        this.transfer = transfer;
        this.repository = folder(address);
    }

    private static URI folder(URI address) {
        String text = address.toASCIIString();
        return URI.create(text.endsWith("/") ? text : text + "/");
    }

    @Override
    public InputStream advertisement() throws IOException {
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            URI asked = repository.resolve(BRANCHES + "?service=" + SERVICE);
            HttpConnection connection = open("GET", asked);
            connection.setRequestProperty("Accept", "application/x-" + SERVICE + "-advertisement, */*");
            if (connection.getResponseCode() == HttpConnection.HTTP_OK) {
                require(connection, "application/x-" + SERVICE + "-advertisement");
                return withoutTitle(connection.getInputStream());
            }
            follow(asked, connection.getHeaderField("Location"));
        }
        throw new RedirectRefused();
    }

    /** Only what stands before the name of the list may change; whether we go to the host at all is decided before. */
    private void follow(URI asked, @Nullable String location) throws RedirectRefused {
        String target = location == null ? "" : asked.resolve(location).toASCIIString();
        int end = target.indexOf("/" + BRANCHES);
        if (end < 0) {
            throw new RedirectRefused();
        }
        repository = folder(URI.create(target.substring(0, end)));
    }

    private static InputStream withoutTitle(InputStream in) throws IOException {
        PacketLineIn lines = new PacketLineIn(in);
        if (!lines.readString().equals("# service=" + SERVICE) || !PacketLineIn.isEnd(lines.readString())) {
            throw new PackProtocolException("the list of branches has another title");
        }
        return in;
    }

    @Override
    public OutputStream request() throws IOException {
        push = open("POST", repository.resolve(SERVICE));
        push.setRequestProperty("Content-Type", "application/x-" + SERVICE + "-request");
        push.setRequestProperty("Accept", "application/x-" + SERVICE + "-result");
        return push.getOutputStream();
    }

    @Override
    public InputStream answer() throws IOException {
        if (push == null) {
            throw new IllegalStateException("nothing was asked");
        }
        HttpConnection asked = push;
        InputStream answer = asked.getInputStream();
        require(asked, "application/x-" + SERVICE + "-result");
        return answer;
    }

    private HttpConnection open(String method, URI target) throws IOException {
        HttpConnection connection = transfer.create(target.toURL());
        connection.setRequestMethod(method);
        connection.setRequestProperty("Pragma", "no-cache");
        String agent = UserAgent.get();
        if (agent != null) {
            connection.setRequestProperty("User-Agent", agent);
        }
        return connection;
    }

    private static void require(HttpConnection connection, String contentType) throws NotSupportedException {
        if (!contentType.equals(connection.getContentType())) {
            throw new NotSupportedException("an answer has another type than Git's");
        }
    }

    @Override
    public boolean awaitsEnd() {
        return false;
    }

    @Override
    public void close() {
        // The requests belong to the transfer, and end with it.
    }
}
