package sh.keptn.core.git.jgit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.QuotedString;

/** A push by SSH: one command that is talked to both ways. */
final class SshPushWire implements PushWire {
    private final RemoteSession session;
    private final Process command;

    SshPushWire(RemoteSession session, URIish address, int timeoutSeconds) throws IOException {
        this.session = session;
        this.command = session.exec(commandFor(address), timeoutSeconds);
        // What nobody reads would stop the server in the middle of its words.
        Thread.ofVirtual().name("git-push-messages").start(() -> passOver(command.getErrorStream()));
    }

    private static String commandFor(URIish address) {
        String path = address.getPath();
        String place = address.getScheme() != null && path.startsWith("/~") ? path.substring(1) : path;
        return "git-receive-pack " + QuotedString.BOURNE.quote(place);
    }

    private static void passOver(InputStream messages) {
        try (messages) {
            messages.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The command is over.
        }
    }

    @Override
    public InputStream advertisement() {
        return command.getInputStream();
    }

    @Override
    public OutputStream request() {
        return command.getOutputStream();
    }

    @Override
    public InputStream answer() {
        return command.getInputStream();
    }

    @Override
    public boolean awaitsEnd() {
        return true;
    }

    @Override
    public void close() {
        command.destroy();
        session.disconnect();
    }
}
