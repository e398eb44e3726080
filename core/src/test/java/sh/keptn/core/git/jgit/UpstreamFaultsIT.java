package sh.keptn.core.git.jgit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import sh.keptn.core.git.GitAccess;
import sh.keptn.core.git.GitAuthor;
import sh.keptn.core.git.GitLimits;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.git.ProxySettings;
import sh.keptn.core.git.Upstream;
import sh.keptn.core.model.CommitId;

/** What the store does when the way to the upstream, or the upstream itself, is not as it should be. */
class UpstreamFaultsIT {
    private static final String CANARY = "canary-5f1e";

    @TempDir
    Path directory;

    private LocalHost host;
    private FaultProxy proxy;
    private JGitStore store;
    private Upstream upstream;

    @BeforeEach
    void startAll() {
        host = new LocalHost(directory.resolve("server"));
        proxy = new FaultProxy(host.port());
        store = newStore(new AddressPolicy(true, true));
        Upstream direct = host.upstream("sockshop");
        upstream = at(direct.url().value().replace(":" + host.port(), ":" + proxy.port()), direct.access());
        store.commit(upstream, put("metadata.yaml", "projectName: sockshop\n", WhenAbsent.CREATE));
        proxy.forgetSeen();
    }

    @AfterEach
    void stopAll() {
        store.close();
        proxy.close();
        host.close();
    }

    private JGitStore newStore(AddressPolicy policy) {
        return new JGitStore(
                directory.resolve("mirrors"),
                GitAuthor.KEPTN,
                new GitLimits(5L << 20, 2L << 30, 16, 8, Duration.ofSeconds(10)),
                policy,
                Clock.systemUTC());
    }

    private static Upstream at(String url, GitAccess access) {
        return at(url, access, Duration.ofSeconds(20));
    }

    private static Upstream at(String url, GitAccess access, Duration timeout) {
        return new Upstream(
                new sh.keptn.core.model.ProjectName("sockshop"), new GitUrl(url), access, Optional.empty(), timeout);
    }

    private static CommitRequest put(String path, String text, WhenAbsent whenAbsent) {
        return new CommitRequest(
                "main",
                List.of(new Change.Put(path, Content.ofText(text))),
                new CommitMessage("Updated resource"),
                whenAbsent);
    }

    private CommitOutcome write(String path) {
        return store.commit(upstream, put(path, "v", WhenAbsent.REFUSE));
    }

    private Git bare() {
        return new Git(host.bare("sockshop"));
    }

    private static KeptnException failure(ThrowingCallable call) {
        KeptnException failure = catchThrowableOfType(KeptnException.class, call);
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.getMessage()).doesNotContain(CANARY, System.getProperty("java.io.tmpdir"), "mirrors");
        return failure;
    }

    private static UpstreamFault faultOf(ThrowingCallable call) {
        KeptnException failure = failure(call);
        assertThat(failure.error()).isInstanceOf(KeptnError.Upstream.class);
        return ((KeptnError.Upstream) failure.error()).fault();
    }

    private static FaultProxy.Fault answer(int status, String... headers) {
        return new FaultProxy.Fault.Answer(status, List.of(headers), "<html>no</html>");
    }

    @Test
    void takesTwoRequestsForAWriteAndOneForTheBranches() {
        write("a");
        assertThat(proxy.seen()).hasSizeLessThanOrEqualTo(2);
        proxy.forgetSeen();

        store.heads(upstream);

        assertThat(proxy.seen()).hasSize(1);
    }

    @Test
    void readsAKnownCommitWithoutARequest() {
        CommitId head = store.heads(upstream).of("main").orElseThrow();
        proxy.forgetSeen();

        assertThat(store.read(upstream, head, "metadata.yaml")).isPresent();
        assertThat(store.resolve(upstream, head.value())).contains(head);
        assertThat(proxy.seen()).isEmpty();
    }

    @Test
    void sharesPushesAmongWritersThatComeTogether() throws Exception {
        CountDownLatch gathered = new CountDownLatch(1);
        proxy.next(FaultProxy.Request::isPush, new FaultProxy.Fault.Meanwhile(() -> awaitQuietly(gathered)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<CommitOutcome> first = threads.submit(() -> write("first"));
            org.awaitility.Awaitility.await().until(() -> proxy.seen().stream().anyMatch(FaultProxy.Request::isPush));
            List<Future<CommitOutcome>> others = java.util.stream.IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> write("file-" + i)))
                    .toList();
            org.awaitility.Awaitility.await().until(() -> store.waitingWrites() == 16);
            gathered.countDown();
            assertThat(first.get()).isInstanceOf(CommitOutcome.Committed.class);
            for (Future<CommitOutcome> other : others) {
                assertThat(other.get()).isInstanceOf(CommitOutcome.Committed.class);
            }
        }
        assertThat(bare().countCommits("main")).isEqualTo(1 + 17);
        assertThat(proxy.seen().stream().filter(FaultProxy.Request::isPush)).hasSize(2);
    }

    @Test
    void sharesOneRequestAmongReadersThatComeTogether() throws Exception {
        CountDownLatch gathered = new CountDownLatch(1);
        proxy.next(FaultProxy.Request::isAdvertisement, new FaultProxy.Fault.Meanwhile(() -> awaitQuietly(gathered)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> store.heads(upstream));
            org.awaitility.Awaitility.await().until(() -> !proxy.seen().isEmpty());
            List<? extends Future<?>> others = java.util.stream.IntStream.range(0, 30)
                    .mapToObj(i -> threads.submit(() -> store.heads(upstream)))
                    .toList();
            org.awaitility.Awaitility.await().until(() -> store.waitingReaders() == 31);
            gathered.countDown();
            first.get();
            for (Future<?> other : others) {
                other.get();
            }
        }
        assertThat(proxy.seen()).hasSize(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, AUTH",
        "403, AUTH",
        "404, NOT_FOUND",
        "410, NOT_FOUND",
        "407, PROXY",
        "413, TOO_LARGE",
        "400, NOT_A_REPOSITORY",
        "200, NOT_A_REPOSITORY"
    })
    void tellsAnswersApartAndStoresNothing(int status, UpstreamFault fault) {
        proxy.next(FaultProxy.Request::isAdvertisement, answer(status));

        assertThat(faultOf(() -> store.heads(upstream))).isEqualTo(fault);
        assertThat(bare().countCommits("main")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"401, AUTH", "403, AUTH", "404, NOT_FOUND", "413, TOO_LARGE"})
    void tellsAnswersToAPushApartAndStoresNothing(int status, UpstreamFault fault) {
        proxy.next(FaultProxy.Request::isPush, answer(status));

        assertThat(faultOf(() -> write("a"))).isEqualTo(fault);
        assertThat(proxy.seen().stream().filter(FaultProxy.Request::isPush)).hasSize(1);
        assertThat(bare().countCommits("main")).isEqualTo(1);
    }

    @Test
    void ridesOutAHostThatFailsTwice() {
        proxy.next(request -> true, answer(503));
        proxy.next(FaultProxy.Request::isPush, answer(500));

        assertThat(write("a")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void comesBackWhenTheHostSaysSo() {
        proxy.next(FaultProxy.Request::isPush, answer(429, "Retry-After: 1"));

        assertThat(write("a")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void givesUpAtOnceWhenTheHostWantsMoreTimeThanThereIs() {
        proxy.next(FaultProxy.Request::isPush, answer(429, "Retry-After: 3600"));

        assertThat(faultOf(() -> write("a"))).isEqualTo(UpstreamFault.UNAVAILABLE);
        assertThat(bare().countCommits("main")).isEqualTo(1);
    }

    @Test
    void pushesAgainWhenTheConnectionBrokeBeforeTheServerSawIt() {
        proxy.next(FaultProxy.Request::isPush, new FaultProxy.Fault.CutBefore());

        assertThat(write("a")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void findsThePushThatArrivedThoughItsAnswerWasLost() {
        proxy.next(FaultProxy.Request::isPush, new FaultProxy.Fault.CutAfter());

        CommitOutcome outcome = write("a");

        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(new CommitId(bare().run("rev-parse", "main"))));
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void findsALostPushBelowWhatOthersPushedSince() {
        Git somebody = Git.clone(host.bare("sockshop"), directory.resolve("somebody"));
        proxy.next(FaultProxy.Request::isPush, new FaultProxy.Fault.CutAfter());
        proxy.next(FaultProxy.Request::isAdvertisement, new FaultProxy.Fault.Meanwhile(() -> {}));
        proxy.next(FaultProxy.Request::isAdvertisement, new FaultProxy.Fault.Meanwhile(() -> {
            somebody.run("pull", "-q", "--ff-only");
            somebody.commit("theirs", "x", "theirs");
            somebody.run("push", "-q", "origin", "main");
        }));

        CommitOutcome outcome = write("a");

        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().run("log", "--format=%s", "main").lines().filter("Updated resource"::equals))
                .hasSize(2);
    }

    @Test
    void survivesAnAnswerCutInItsMiddle() {
        proxy.next(FaultProxy.Request::isPush, new FaultProxy.Fault.CutWithin());

        assertThat(write("a")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(bare().countCommits("main")).isEqualTo(2);
    }

    @Test
    void followsARedirectOnTheSameHostOnly() {
        String elsewhere =
                "Location: http://localhost:" + host.port() + "/sockshop.git/info/refs?service=git-upload-pack";
        proxy.next(FaultProxy.Request::isAdvertisement, answer(301, elsewhere));

        assertThat(faultOf(() -> store.heads(upstream))).isEqualTo(UpstreamFault.REDIRECT);
    }

    @Test
    void endsALoopOfRedirects() {
        for (int i = 0; i < 20; i++) {
            proxy.next(
                    FaultProxy.Request::isAdvertisement,
                    answer(302, "Location: /sockshop.git/info/refs?service=git-upload-pack"));
        }

        assertThat(failure(() -> store.heads(upstream))).isNotNull();
        assertThat(proxy.seen()).hasSizeLessThan(10);
    }

    @Test
    void asksAWrongTokenOnceAndNeverShowsIt() {
        Upstream wrong = at(
                upstream.url().value(),
                new GitAccess(
                        new Authentication.Basic("keptn", new Secret(CANARY)),
                        Optional.empty(),
                        false,
                        Optional.empty()));

        assertThat(faultOf(() -> store.commit(wrong, put("a", "x", WhenAbsent.REFUSE))))
                .isEqualTo(UpstreamFault.AUTH);
        assertThat(proxy.seen()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void healsWhenRightCredentialsCome() {
        Upstream wrong = at(
                upstream.url().value(),
                new GitAccess(
                        new Authentication.Basic("keptn", new Secret(CANARY)),
                        Optional.empty(),
                        false,
                        Optional.empty()));
        failure(() -> store.heads(wrong));

        assertThat(store.heads(upstream).branches()).hasSize(1);
    }

    @Test
    void namesAHostThatDoesNotResolve() {
        assertThat(faultOf(() -> store.heads(at("http://no-such-host.invalid/x.git", GitAccess.ANONYMOUS))))
                .isEqualTo(UpstreamFault.DNS);
    }

    @Test
    void namesAPortWhereNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(faultOf(() -> store.heads(at("http://127.0.0.1:" + free + "/x.git", GitAccess.ANONYMOUS))))
                .isEqualTo(UpstreamFault.CONNECT);
    }

    @Test
    void endsASilentCommandAtItsTimeOut() {
        proxy.next(request -> true, new FaultProxy.Fault.Silence(new CountDownLatch(1)));
        Upstream impatient = at(upstream.url().value(), upstream.access(), Duration.ofSeconds(1));

        assertThat(faultOf(() -> store.heads(impatient))).isEqualTo(UpstreamFault.TIMEOUT);
    }

    @Test
    void refusesAddressesThatThePolicyForbids() {
        try (JGitStore strict = new JGitStore(
                directory.resolve("strict"),
                GitAuthor.KEPTN,
                GitLimits.DEFAULT,
                new AddressPolicy(false, false),
                Clock.systemUTC())) {
            for (String url : List.of(
                    upstream.url().value(),
                    "http://localhost:" + proxy.port() + "/sockshop.git",
                    "http://[::1]:" + proxy.port() + "/sockshop.git",
                    "http://2130706433:" + proxy.port() + "/sockshop.git",
                    "http://169.254.169.254/x.git",
                    "http://10.0.0.1/x.git",
                    "http://[fd00:ec2::254]/x.git",
                    "ssh://git@169.254.169.254/x.git")) {
                assertThat(faultOf(() -> strict.heads(at(url, upstream.access()))))
                        .as(url)
                        .isEqualTo(UpstreamFault.ADDRESS_REFUSED);
            }
        }
        assertThat(proxy.seen()).isEmpty();
    }

    @Test
    void namesTheProxyThatIsNotThere() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Upstream proxied = at(
                upstream.url().value(),
                new GitAccess(
                        upstream.access().authentication(),
                        Optional.empty(),
                        false,
                        Optional.of(new ProxySettings("127.0.0.1", free, "", new Secret("")))));

        assertThat(faultOf(() -> store.heads(proxied))).isEqualTo(UpstreamFault.PROXY);
    }

    @Test
    void reportsAHooksRefusalWithItsReason() throws Exception {
        HttpBackendHost hooked = new HttpBackendHost(directory.resolve("hooked"));
        try (hooked) {
            Upstream guarded = hooked.upstream("guarded");
            store.commit(guarded, put("a", "1", WhenAbsent.CREATE));
            Path hook = hooked.bare("guarded").resolve("hooks/update");
            java.nio.file.Files.writeString(hook, "#!/bin/sh\necho protected by somebody >&2\nexit 1\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();

            assertThat(faultOf(() -> store.commit(guarded, put("b", "2", WhenAbsent.REFUSE))))
                    .isEqualTo(UpstreamFault.REJECTED);
            assertThat(new Git(hooked.bare("guarded")).countCommits("main")).isEqualTo(1);
        }
    }

    @Test
    void stopsReadingAPackAboveTheLimit() {
        try (JGitStore small = new JGitStore(
                directory.resolve("small"),
                GitAuthor.KEPTN,
                new GitLimits(5L << 20, 200_000, 4, 3, Duration.ofSeconds(5)),
                new AddressPolicy(true, true),
                Clock.systemUTC())) {
            byte[] noise = new byte[1 << 20];
            new java.util.Random(3).nextBytes(noise);
            store.commit(
                    upstream,
                    new CommitRequest(
                            "main", List.of(new Change.Put("noise", Content.of(noise))), new CommitMessage("noise")));
            CommitId head = small.heads(upstream).of("main").orElseThrow();

            assertThat(faultOf(() -> small.read(upstream, head, "noise"))).isEqualTo(UpstreamFault.TOO_LARGE);
        }
    }
}
