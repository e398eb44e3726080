package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.config.Secret;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.error.UpstreamFault;
import sh.keptn.core.git.AddressPolicy;
import sh.keptn.core.git.Authentication;
import sh.keptn.core.git.Change;
import sh.keptn.core.git.CommitMessage;
import sh.keptn.core.git.CommitOutcome;
import sh.keptn.core.git.CommitRequest;
import sh.keptn.core.git.CommitRequest.WhenAbsent;
import sh.keptn.core.git.Content;
import sh.keptn.core.git.FileContent;
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.ProxySettings;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;
import sh.keptn.core.model.ProjectName;

/** Upstreams that are only reached through a proxy that wants to know who comes. */
class ProxyIT {
    private static KeyStore keys;

    @TempDir
    Path directory;

    private LocalHost host;
    private TlsFront front;
    private ForwardProxy proxy;
    private JGitStore store;
    private Upstream direct;

    @BeforeAll
    static void makeKeys(@TempDir Path shared) throws Exception {
        keys = TlsFront.selfSigned(shared);
    }

    @BeforeEach
    void startAll() {
        host = new LocalHost(directory.resolve("server"));
        front = new TlsFront(keys, host.port());
        proxy = new ForwardProxy("squid", "proxy-password");
        store = newStore("mirrors", new AddressPolicy(true, true));
        direct = host.upstream("sockshop");
    }

    @AfterEach
    void stopAll() {
        store.close();
        proxy.close();
        front.close();
        host.close();
    }

    private JGitStore newStore(String name, AddressPolicy policy) {
        return new JGitStore(directory.resolve(name), GitAuthor.KEPTN, GitLimits.DEFAULT, policy, Clock.systemUTC());
    }

    private ProxySettings settings(String password) {
        return new ProxySettings("127.0.0.1", proxy.port(), "squid", new Secret(password));
    }

    private Upstream proxied(String url, ProxySettings settings) {
        GitAccess access = new GitAccess(
                direct.access().authentication(), Optional.of(front.authority()), false, Optional.of(settings));
        return new Upstream(new ProjectName("proxied"), new GitUrl(url), access, Optional.empty(), LocalHost.TIMEOUT);
    }

    private Upstream plain() {
        return proxied(direct.url().value(), settings(proxy.password()));
    }

    private String secureUrl() {
        return "https://localhost:" + front.port() + "/sockshop.git";
    }

    private static CommitId write(JGitStore store, Upstream upstream, String text) {
        CommitOutcome outcome = store.commit(
                upstream,
                new CommitRequest(
                        "main",
                        List.of(new Change.Put("file", Content.ofText(text))),
                        new CommitMessage("Updated resource"),
                        WhenAbsent.CREATE));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).commit();
    }

    private static UpstreamFault faultOf(ThrowingCallable call) {
        KeptnException failure = catchThrowableOfType(KeptnException.class, call);
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.error()).isInstanceOf(KeptnError.Upstream.class);
        return ((KeptnError.Upstream) failure.error()).fault();
    }

    private Git bare() {
        return new Git(host.bare("sockshop"));
    }

    private void writesAndReads(Upstream upstream) {
        CommitId commit = write(store, upstream, "through the proxy");

        assertThat(bare().run("rev-parse", "main")).isEqualTo(commit.value());
        try (JGitStore other = newStore("other", new AddressPolicy(true, true))) {
            assertThat(other.read(upstream, commit, "file").map(FileContent::content))
                    .contains(Content.ofText("through the proxy"));
        }
        assertThat(proxy.requests()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void writesAndReadsOverHttp() {
        writesAndReads(plain());

        assertThat(proxy.requests())
                .allMatch(line -> line.contains(" " + direct.url().value()));
    }

    @Test
    void writesAndReadsThroughATunnelThatNobodySeesInto() {
        Authentication.Basic basic = (Authentication.Basic) direct.access().authentication();
        String token = basic.password().reveal();

        writesAndReads(proxied(secureUrl(), settings(proxy.password())));

        assertThat(proxy.requests()).allMatch(("CONNECT localhost:" + front.port() + " HTTP/1.1")::equals);
        assertThat(proxy.received())
                .doesNotContain(
                        token,
                        Base64.getEncoder()
                                .encodeToString((basic.user() + ":" + token).getBytes(StandardCharsets.UTF_8)));
        assertThat(front.headers()).contains("Authorization").doesNotContain("Proxy-Authorization");
    }

    @Test
    void showsTheProxyItsCredentialsWithoutBeingAsked() {
        write(store, plain(), "1");
        write(store, proxied(secureUrl(), settings(proxy.password())), "2");

        assertThat(proxy.challenges()).isZero();
    }

    @Test
    void namesTheProxyThatRefusesTheCredentials() {
        for (ProxySettings wrong :
                List.of(settings("wrong"), new ProxySettings("127.0.0.1", proxy.port(), "", new Secret("")))) {
            for (String url : List.of(direct.url().value(), secureUrl())) {
                assertThat(faultOf(() -> store.heads(proxied(url, wrong))))
                        .as(url)
                        .isEqualTo(UpstreamFault.PROXY);
                assertThat(faultOf(() -> write(store, proxied(url, wrong), "x")))
                        .as(url)
                        .isEqualTo(UpstreamFault.PROXY);
            }
        }
        assertThat(proxy.requests()).isEmpty();
        assertThat(bare().run("for-each-ref")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 401, 403, 404, 407, 502, 503})
    void namesTheProxyThatOpensNoTunnel(int status) {
        proxy.refuse(status);

        assertThat(faultOf(() -> store.heads(proxied(secureUrl(), settings(proxy.password())))))
                .isEqualTo(UpstreamFault.PROXY);
        assertThat(front.headers()).isEmpty();
    }

    @Test
    void leavesNamesThatOnlyTheProxyKnowsToTheProxy() {
        write(store, plain(), "1");
        Upstream named = proxied("http://git.invalid:" + host.port() + "/sockshop.git", settings(proxy.password()));

        assertThat(store.heads(named).of("main")).isPresent();
    }

    @Test
    void keepsProjectsWithoutAProxyOffIt() {
        write(store, plain(), "1");
        List<String> before = proxy.requests();
        String received = proxy.received();

        write(store, direct, "2");

        assertThat(store.heads(direct).of("main")).isPresent();
        assertThat(proxy.requests()).isEqualTo(before);
        assertThat(proxy.received()).isEqualTo(received);
    }

    @Test
    void reachesNoForbiddenAddressByWayOfTheProxy() {
        try (JGitStore strict = newStore("strict", new AddressPolicy(true, false))) {
            for (String url : List.of(
                    "http://169.254.169.254/x.git",
                    "https://169.254.169.254/x.git",
                    "http://10.0.0.1/x.git",
                    "https://[fd00:ec2::254]/x.git")) {
                assertThat(faultOf(() -> strict.heads(proxied(url, settings(proxy.password())))))
                        .as(url)
                        .isEqualTo(UpstreamFault.ADDRESS_REFUSED);
            }
        }
        assertThat(proxy.received()).isEmpty();
    }

    @Test
    void goesToNoProxyAtAForbiddenAddress() {
        try (JGitStore strict = newStore("strict", new AddressPolicy(false, true))) {
            assertThat(faultOf(() -> strict.heads(proxied("http://git.invalid/x.git", settings(proxy.password())))))
                    .isEqualTo(UpstreamFault.ADDRESS_REFUSED);
        }
        assertThat(proxy.received()).isEmpty();
    }
}
