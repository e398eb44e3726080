package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.CommitRequest.WhenAbsent;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitCredentials;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.ProjectName;

/** Credentials that can be told from everything else, each way to fail once, and then a look where they came out. */
class SecretsIT {
    private static final String PASSWORD = "canary-password-41aa";
    private static final String TOKEN = "canary-token-9c03";
    private static final String PROXY_PASSWORD = "canary-proxy-7be2";
    private static final String PASSPHRASE = "canary-phrase-d518";

    /** They print what goes over the wire, headers with credentials among it. */
    private static final Set<String> WIRE =
            Set.of("org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.wire");

    @TempDir
    Path directory;

    private final List<String> secrets = new ArrayList<>();
    private final Set<UpstreamFault> driven = EnumSet.noneOf(UpstreamFault.class);
    private final List<String> failures = new ArrayList<>();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>() {
        // What is logged may be a buffer that is written over right after.
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            super.append(event);
        }
    };
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
    private Level level;
    private LocalHost host;
    private FaultProxy faults;
    private ForwardProxy proxy;
    private SshHost ssh;
    private JGitStore store;
    private Upstream right;

    @BeforeEach
    void startAll() {
        host = new LocalHost(directory.resolve("server"));
        faults = new FaultProxy(host.port());
        proxy = new ForwardProxy("squid", PROXY_PASSWORD);
        ssh = new SshHost(directory.resolve("ssh"));
        right = host.upstream("sockshop");
        store = newStore("mirrors", new AddressPolicy(true, true), 1);
        secretly(
                "keptn",
                ((Authentication.Basic) right.access().authentication())
                        .password()
                        .reveal());
        secretly("somebody", PASSWORD);
        secretly(GitCredentials.DEFAULT_USER, TOKEN);
        secretly("squid", PROXY_PASSWORD);
        secrets.add(PASSPHRASE);
        level = root.getLevel();
        root.setLevel(Level.DEBUG);
        events.start();
        root.addAppender(events);
    }

    @AfterEach
    void stopAll() {
        root.detachAppender(events);
        root.setLevel(level);
        store.close();
        ssh.close();
        proxy.close();
        faults.close();
        host.close();
    }

    /** The word itself, and as HTTP carries it. */
    private void secretly(String user, String word) {
        secrets.add(word);
        secrets.add(Base64.getEncoder().encodeToString((user + ":" + word).getBytes(StandardCharsets.UTF_8)));
    }

    private JGitStore newStore(String name, AddressPolicy policy, int pushAttempts) {
        return new JGitStore(
                directory.resolve(name),
                GitAuthor.KEPTN,
                new GitLimits(5L << 20, 2L << 30, 4, pushAttempts, Duration.ofSeconds(5)),
                policy,
                Clock.systemUTC());
    }

    private static Upstream at(String url, GitAccess access) {
        return new Upstream(
                new ProjectName("sockshop"), new GitUrl(url), access, Optional.empty(), Duration.ofSeconds(5));
    }

    private static GitAccess access(Map<String, String> secret) {
        return GitCredentials.fromSecret(secret).access();
    }

    private static GitAccess password() {
        return access(Map.of("username", "somebody", "password", PASSWORD));
    }

    private static GitAccess token() {
        return access(Map.of("token", TOKEN));
    }

    private String faultyUrl() {
        return right.url().value().replace(":" + host.port(), ":" + faults.port());
    }

    private void fails(UpstreamFault fault, Runnable work) {
        KeptnException failure = catchThrowableOfType(KeptnException.class, work::run);
        assertThat(failure).as("%s", fault).isNotNull();
        assertThat(failure.error())
                .isInstanceOfSatisfying(
                        KeptnError.Upstream.class,
                        error -> assertThat(error.fault()).isEqualTo(fault));
        driven.add(fault);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        failures.add(failure.error() + "\n" + trace);
    }

    private void answers(UpstreamFault fault, int status, String header) {
        Upstream upstream = at(faultyUrl(), token());
        for (int i = 0; i < 2; i++) {
            faults.next(request -> true, new FaultProxy.Fault.Answer(status, List.of(header), "<html>no</html>"));
        }
        fails(fault, () -> store.heads(upstream));
        fails(fault, () -> write(upstream));
    }

    private void write(Upstream upstream) {
        store.commit(
                upstream,
                new CommitRequest(
                        "main",
                        List.of(new Change.Put("file", Content.ofText("text " + failures.size()))),
                        new CommitMessage("Updated resource"),
                        WhenAbsent.CREATE));
    }

    @Test
    void comeOutNowhereButOnTheWire() throws Exception {
        succeedOnce();
        answers(UpstreamFault.NOT_FOUND, 404, "X: y");
        answers(UpstreamFault.NOT_A_REPOSITORY, 400, "X: y");
        answers(UpstreamFault.TOO_LARGE, 413, "X: y");
        answers(UpstreamFault.UNAVAILABLE, 503, "Retry-After: 3600");
        answers(UpstreamFault.REDIRECT, 301, "Location: http://elsewhere.invalid/");
        fails(UpstreamFault.AUTH, () -> store.heads(at(right.url().value(), password())));
        fails(UpstreamFault.AUTH, () -> store.heads(at(right.url().value(), token())));
        failToConnect();
        failAtTheProxy();
        failOverSsh();
        failToPush();

        assertThat(driven).isEqualTo(EnumSet.allOf(UpstreamFault.class));
        assertThat(failures).noneSatisfy(failure -> assertThat(secrets).anyMatch(failure::contains));
        List<ILoggingEvent> leaks = List.copyOf(events.list).stream()
                .filter(event -> secrets.stream().anyMatch(text(event)::contains))
                .toList();
        assertThat(leaks).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO));
        // That these two were caught shows that the test can see a leak at all.
        assertThat(leaks.stream().map(ILoggingEvent::getLoggerName).collect(Collectors.toSet()))
                .isEqualTo(WIRE);
    }

    private static String text(ILoggingEvent event) {
        return event.getFormattedMessage()
                + event.getKeyValuePairs()
                + event.getMDCPropertyMap()
                + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    private void succeedOnce() {
        write(right);
        GitAccess proxied = access(Map.of(
                "username",
                "keptn",
                "password",
                ((Authentication.Basic) right.access().authentication())
                        .password()
                        .reveal(),
                "proxy.url",
                "127.0.0.1:" + proxy.port(),
                "proxy.user",
                "squid",
                "proxy.password",
                PROXY_PASSWORD));
        assertThat(store.heads(at(right.url().value(), proxied)).of("main")).isPresent();
        KeyPair key = ssh.clientKey();
        assertThat(store.heads(ssh.upstream("locked", login(key, PASSPHRASE, ssh.knownHosts())))
                        .isEmpty())
                .isTrue();
    }

    private Authentication login(KeyPair key, String passphrase, String knownHosts) {
        String pem = SshHost.pem(key, PASSPHRASE);
        secrets.add(pem.lines().skip(3).findFirst().orElseThrow());
        return new Authentication.Ssh(new Secret(pem), new Secret(passphrase), knownHosts);
    }

    private void failToConnect() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        fails(UpstreamFault.CONNECT, () -> store.heads(at("http://127.0.0.1:" + free + "/x.git", password())));
        fails(UpstreamFault.DNS, () -> store.heads(at("http://no-such-host.invalid/x.git", password())));
        fails(UpstreamFault.ADDRESS_REFUSED, () -> store.heads(at("http://169.254.169.254/x.git", password())));
        faults.next(request -> true, new FaultProxy.Fault.Silence(new CountDownLatch(1)));
        Upstream patient = at(faultyUrl(), password());
        Upstream impatient = new Upstream(
                patient.project(), patient.url(), patient.access(), patient.branch(), Duration.ofSeconds(1));
        fails(UpstreamFault.TIMEOUT, () -> store.heads(impatient));
        try (TlsFront front = new TlsFront(TlsFront.selfSigned(directory), host.port())) {
            fails(
                    UpstreamFault.TLS,
                    () -> store.heads(at("https://localhost:" + front.port() + "/sockshop.git", password())));
        }
    }

    private void failAtTheProxy() {
        for (String url : List.of(right.url().value(), "https://localhost:" + host.port() + "/sockshop.git")) {
            GitAccess wrong = access(Map.of(
                    "username",
                    "somebody",
                    "password",
                    PASSWORD,
                    "proxy.url",
                    "127.0.0.1:" + proxy.port(),
                    "proxy.user",
                    "somebody",
                    "proxy.password",
                    PASSWORD));
            fails(UpstreamFault.PROXY, () -> store.heads(at(url, wrong)));
        }
    }

    private void failOverSsh() {
        fails(
                UpstreamFault.AUTH,
                () -> store.heads(ssh.upstream("strange", login(SshHost.newKey(), PASSPHRASE, ssh.knownHosts()))));
        fails(
                UpstreamFault.AUTH,
                () -> store.heads(ssh.upstream("wrong", login(ssh.clientKey(), TOKEN, ssh.knownHosts()))));
        fails(
                UpstreamFault.HOST_KEY,
                () -> store.heads(ssh.upstream("unknown", login(ssh.clientKey(), PASSPHRASE, ""))));
    }

    private void failToPush() throws Exception {
        store.heads(right);
        try (JGitStore other = newStore("other", new AddressPolicy(true, true), 5)) {
            other.commit(
                    right,
                    new CommitRequest(
                            "main",
                            List.of(new Change.Put("theirs", Content.ofText("x"))),
                            new CommitMessage("theirs")));
        }
        fails(UpstreamFault.DIVERGED, () -> write(right));
        try (HttpBackendHost hooked = new HttpBackendHost(directory.resolve("hooked"))) {
            Upstream guarded = at(hooked.upstream("guarded").url().value(), password());
            Path hook = hooked.bare("guarded").resolve("hooks/update");
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\nexit 1\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();
            fails(UpstreamFault.REJECTED, () -> write(guarded));
        }
    }
}
