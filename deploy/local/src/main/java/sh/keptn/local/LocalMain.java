package sh.keptn.local;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sh.keptn.crds.project.WebhookToken;
import sh.keptn.local.backends.Backends;
import sh.keptn.local.cluster.Cluster;
import sh.keptn.local.cluster.Installation;
import sh.keptn.local.cluster.InstallationRefused;
import sh.keptn.local.cluster.KubeconfigContext;
import sh.keptn.local.git.Webhook;

/**
 * The launcher behind {@code ./keptn-local}. Commands:
 *
 * <pre>
 * install  --kubeconfig F --namespace N --token-file F --accounts DIR [--webhook-secret S --webhook-token-file F]
 *          FILE...                                                              definitions, roles, tokens, accounts
 * apply    --kubeconfig F --namespace N FILE...                                 resources, and waits until Ready
 * backends --management-port N --git-port N --git-directory DIR --git-token-file F
 *          [--webhook-server URL --webhook-token-file F]
 *          [--store-port N --store-directory DIR]                               runs until it is ended
 * copy     --kubeconfig F[:F...] --context C --to F                             that context alone, as a kubeconfig
 * </pre>
 */
public final class LocalMain {

    private static final Set<String> OPTIONS = Set.of(
            "kubeconfig",
            "context",
            "namespace",
            "token-file",
            "accounts",
            "to",
            "management-port",
            "git-port",
            "git-directory",
            "git-token-file",
            "webhook-server",
            "webhook-secret",
            "webhook-token-file",
            "store-port",
            "store-directory");

    private LocalMain() {}

    /** Runs one command; exit code 1 with the reason on standard error when it fails. */
    public static void main(String[] args) {
        int code = run(List.of(args), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(List<String> line, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.parse(line, OPTIONS);
            switch (arguments.command()) {
                case "install" -> install(arguments, out);
                case "apply" -> apply(arguments, out);
                case "backends" -> backends(arguments);
                case "copy" -> copy(arguments);
                default -> throw new IllegalArgumentException("unknown command " + arguments.command());
            }
            return 0;
        } catch (IllegalArgumentException | InstallationRefused refused) {
            err.println(refused.getMessage());
            return 1;
        } catch (KubernetesClientException failure) {
            err.println("the cluster refused: " + failure.getMessage());
            return 1;
        } catch (IOException failure) {
            err.println(failure.getMessage());
            return 1;
        } catch (RuntimeException unexpected) {
            // Ends the process although servers may run in it already.
            unexpected.printStackTrace(err);
            return 1;
        }
    }

    private static void install(Arguments arguments, PrintStream out) throws IOException {
        try (Cluster cluster = cluster(arguments)) {
            Installation installation = new Installation(cluster, out);
            installation.install(
                    arguments.files(),
                    arguments.required("namespace"),
                    arguments.path("token-file"),
                    arguments.path("accounts"));
            if (arguments.option("webhook-secret").isPresent()) {
                installation.keep(
                        arguments.required("namespace"),
                        arguments.required("webhook-secret"),
                        WebhookToken.KEY,
                        arguments.path("webhook-token-file"));
            }
        }
    }

    private static void apply(Arguments arguments, PrintStream out) throws IOException {
        try (Cluster cluster = cluster(arguments)) {
            new Installation(cluster, out).applyAndAwait(arguments.files(), arguments.required("namespace"));
        }
    }

    private static void copy(Arguments arguments) throws IOException {
        KubeconfigContext.copy(arguments.required("kubeconfig"), arguments.required("context"), arguments.path("to"));
    }

    private static void backends(Arguments arguments) throws IOException {
        Backends backends = new Backends();
        Runtime.getRuntime().addShutdownHook(new Thread(backends::close, "shutdown"));
        backends.serveGit(
                arguments.port("git-port"),
                arguments.path("git-directory"),
                Files.readString(arguments.path("git-token-file")).strip(),
                webhook(arguments));
        if (arguments.option("store-port").isPresent()) {
            backends.serveStore(arguments.port("store-port"), arguments.path("store-directory"));
        }
        backends.sayReady(arguments.port("management-port"));
    }

    private static Optional<Webhook> webhook(Arguments arguments) throws IOException {
        Optional<String> server = arguments.option("webhook-server");
        return server.isEmpty()
                ? Optional.empty()
                : Optional.of(new Webhook(
                        URI.create(server.get()),
                        WebhookToken.of(Files.readString(arguments.path("webhook-token-file")))));
    }

    private static Cluster cluster(Arguments arguments) {
        return Cluster.of(arguments.path("kubeconfig"));
    }
}
