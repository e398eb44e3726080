package sh.keptn.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.local.git.Provisioned;

/** What is wrong with an upstream stands in the Ready column; once it is mended, everything goes on by itself. */
class UpstreamFaultsIT {
    @RegisterExtension
    static final OperatorExtension keptn = new OperatorExtension();

    @Test
    void aHostThatDoesNotExistIsNamedAndAMendedAddressHeals() {
        keptn.applyProject("dns", "http://git.invalid/dns.git", "dev");

        assertThat(keptn.awaitNotReady("dns", "GitUnreachable")).contains("git.invalid");
        keptn.awaitProject("dns", project -> {
            assertThat(OperatorExtension.condition(project, "Reconciling"))
                    .hasValueSatisfying(
                            condition -> assertThat(condition.getReason()).isEqualTo("ProgressingWithRetry"));
            assertThat(OperatorExtension.condition(project, "RepositoryReachable"))
                    .hasValueSatisfying(
                            condition -> assertThat(condition.getStatus()).isEqualTo("False"));
            assertThat(OperatorExtension.condition(project, "Stalled")).isEmpty();
        });
        mend("dns");
    }

    @Test
    void aPortWhereNobodyListensIsUnreachable() {
        keptn.applyProject("refused", "http://127.0.0.1:1/refused.git", "dev");

        keptn.awaitNotReady("refused", "GitUnreachable");
        mend("refused");
    }

    @Test
    void aRepositoryThatIsNotThereStallsTheProject() throws IOException {
        HttpServer empty = answering(404, "not found");
        try {
            keptn.applyProject("absent", url(empty), "dev");

            keptn.awaitNotReady("absent", "RepositoryNotFound");
            keptn.awaitProject(
                    "absent",
                    project -> assertThat(OperatorExtension.condition(project, "Stalled"))
                            .isPresent());
        } finally {
            empty.stop(0);
        }
        mend("absent");
    }

    @Test
    void aPageThatIsNoRepositoryIsCalledThat() throws IOException {
        HttpServer page = answering(200, "<html>hello</html>");
        try {
            keptn.applyProject("page", url(page), "dev");

            keptn.awaitNotReady("page", "NotARepository");
        } finally {
            page.stop(0);
        }
        mend("page");
    }

    @Test
    void refusedCredentialsAreTriedOnceAndAnotherSecretHealsAtOnce() {
        Provisioned upstream = keptn.git().provision("auth", keptn.namespace());
        keptn.secret("git-credentials-auth", "keptn", "wrong");
        keptn.applyProject("auth", upstream.gitRemoteUrl(), "dev");
        String message = keptn.awaitNotReady("auth", "GitAuthFailed");
        double logins = keptn.refusedLogins();
        keptn.reconcileNow("auth");
        keptn.reconcileNow("auth");
        assertThat(keptn.refusedLogins()).as("no second try within the minute").isEqualTo(logins);
        assertThat(message).doesNotContain("wrong");

        keptn.secret("git-credentials-auth", upstream.gitUser(), upstream.gitToken());

        keptn.awaitReady("auth");
    }

    @Test
    void credentialsThatExpireAreNamedAndHealWithTheNextSecret() {
        Provisioned upstream = keptn.upstream("expired");
        keptn.applyProject("expired", upstream.gitRemoteUrl(), "dev");
        keptn.awaitReady("expired");

        keptn.secret("git-credentials-expired", upstream.gitUser(), "expired");

        assertThat(keptn.awaitNotReady("expired", "GitAuthFailed")).doesNotContain(upstream.gitToken());
        assertThat(OperatorExtension.status(keptn.project("expired")).stageSummary())
                .isEqualTo("dev");
        keptn.secret("git-credentials-expired", upstream.gitUser(), upstream.gitToken());
        keptn.awaitReady("expired");
    }

    @Test
    void aRepositoryThatGoesAwayAndComesBackHealsByItself() throws IOException {
        Provisioned upstream = keptn.upstream("gone");
        keptn.applyProject("gone", upstream.gitRemoteUrl(), "dev");
        keptn.awaitReady("gone");
        Checkout clone = keptn.clone("gone");
        String head = clone.head("dev");
        Path there = keptn.git().directoryOf("gone", keptn.namespace());
        Path aside = there.resolveSibling("aside.git");

        move(there, aside);
        keptn.awaitNotReady("gone", "RepositoryNotFound");
        move(aside, there);

        keptn.awaitReady("gone");
        assertThat(clone.head("dev")).isEqualTo(head);
    }

    @Test
    void aSecretThatIsNamedMustBeThereAndReadable() {
        Provisioned upstream = keptn.git().provision("named", keptn.namespace());
        keptn.apply(Samples.projectYaml("named", upstream.gitRemoteUrl(), "secretRef:\n  name: my-secret", "dev"));
        assertThat(keptn.awaitNotReady("named", "CredentialsMissing")).contains("my-secret");

        keptn.secret("my-secret", upstream.gitUser(), upstream.gitToken());

        keptn.awaitReady("named");
    }

    @Test
    void anUpstreamThatGoesDownKeepsTheLastKnownStagesAndDeletionDoesNotWaitForIt() {
        Provisioned upstream = keptn.upstream("down");
        keptn.applyProject("down", upstream.gitRemoteUrl(), "dev", "prod");
        keptn.awaitReady("down");
        keptn.stopGit();
        try {
            keptn.reconcileNow("down");
            keptn.awaitNotReady("down", "GitUnreachable");
            assertThat(OperatorExtension.status(keptn.project("down")).stageSummary())
                    .isEqualTo("dev,prod");

            keptn.client().resource(keptn.project("down")).delete();

            await().until(() -> keptn.client()
                            .resources(KeptnProject.class)
                            .inNamespace(keptn.namespace())
                            .withName("down")
                            .get()
                    == null);
        } finally {
            keptn.startGit();
        }
        assertThat(keptn.clone("down").branches()).contains("dev", "prod");
    }

    /** While nobody serves it: the server keeps what it serves open. */
    private static void move(Path from, Path to) throws IOException {
        keptn.stopGit();
        Files.move(from, to);
        keptn.startGit();
        keptn.reconcileNow("gone");
    }

    private static HttpServer answering(int status, String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/some.git";
    }

    /** Gives the project an upstream that works; nobody restarts anything. */
    private static void mend(String project) {
        Provisioned upstream = keptn.upstream(project);
        keptn.patchProject(project, "{\"spec\":{\"git\":{\"url\":\"" + upstream.gitRemoteUrl() + "\"}}}");
        keptn.awaitReady(project);
    }
}
