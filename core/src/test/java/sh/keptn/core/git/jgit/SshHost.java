package sh.keptn.core.git.jgit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellFactory;
import sh.keptn.core.config.Secret;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.ProjectName;

/** An SSH server that runs Git, and knows one client's key. */
final class SshHost implements GitHost {
    private static final Pattern COMMAND = Pattern.compile("git[ -](upload-pack|receive-pack) '/?([a-z]+\\.git)'");

    private final Path directory;
    private final SshServer server;
    private final KeyPair hostKey = newKey();
    private final KeyPair clientKey = newKey();

    SshHost(Path directory) {
        this.directory = directory;
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("git") && KeyUtils.compareKeys(key, clientKey.getPublic()));
        // The newest key exchanges cost a test machine half a second each, and are not what is tested.
        server.setKeyExchangeFactories(server.getKeyExchangeFactories().stream()
                .filter(exchange -> exchange.getName().equals("curve25519-sha256"))
                .toList());
        server.setCommandFactory(this::command);
        try {
            Files.createDirectories(directory);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KeyPair newKey() {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key as OpenSSH writes it; an empty passphrase leaves it open. */
    static String pem(KeyPair key, String passphrase) {
        OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
        encryption.setPassword(passphrase);
        encryption.setCipherType("256");
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    key, "test", passphrase.isEmpty() ? null : encryption, out);
            return out.toString(StandardCharsets.US_ASCII);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyPair clientKey() {
        return clientKey;
    }

    String knownHosts(KeyPair key) {
        return "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n";
    }

    String knownHosts() {
        return knownHosts(hostKey);
    }

    @Override
    public Upstream upstream(String project) {
        return upstream(project, new Authentication.Ssh(new Secret(pem(clientKey, "")), new Secret(""), knownHosts()));
    }

    Upstream upstream(String project, Authentication authentication) {
        if (!Files.exists(bare(project))) {
            Git.initBare(bare(project));
        }
        return new Upstream(
                new ProjectName(project),
                new GitUrl("ssh://git@127.0.0.1:" + server.getPort() + "/" + project + ".git"),
                new GitAccess(authentication, Optional.empty(), false, Optional.empty()),
                Optional.empty(),
                LocalHost.TIMEOUT);
    }

    @Override
    public Path bare(String project) {
        return directory.resolve(project + ".git");
    }

    private Command command(ChannelSession channel, String line) throws IOException {
        Matcher matcher = COMMAND.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("no command of Git");
        }
        List<String> command = List.of(
                "git", matcher.group(1), directory.resolve(matcher.group(2)).toString());
        return new ProcessShellFactory(String.join(" ", command), command).createShell(channel);
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
