package sh.keptn.local.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedClusterBuilder;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One context of a person's kubeconfig, copied so that later changes of theirs (another current context, say) do not
 * move a running Keptn to another cluster. Their files are only read.
 */
public final class KubeconfigContext {

    private KubeconfigContext() {}

    /** Writes a kubeconfig with that context alone. A context that is not there is refused, never guessed. */
    public static void copy(String kubeconfigs, String context, Path target) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (String file : kubeconfigs.split(File.pathSeparator, -1)) {
            File source = new File(file);
            if (source.isFile()) {
                sources.add(new Source(source, KubeConfigUtils.parseConfig(source)));
            }
        }
        NamedContext found = find(
                        sources,
                        source -> source.contexts().stream()
                                .filter(named -> named.getName().equals(context))
                                .findFirst())
                .orElseThrow(() -> new InstallationRefused(
                        "there is no context " + context + " in " + kubeconfigs + "; there are: " + names(sources)));
        NamedCluster cluster = find(
                        sources, source -> source.cluster(found.getContext().getCluster()))
                .orElseThrow(
                        () -> new InstallationRefused("the context " + context + " names no cluster that is there"));
        NamedAuthInfo user = find(
                        sources, source -> source.user(found.getContext().getUser()))
                .orElseThrow(() -> new InstallationRefused("the context " + context + " names no user that is there"));
        found.getAdditionalProperties().clear();
        PrivateFile.write(
                target,
                Serialization.asYaml(new ConfigBuilder()
                        .withApiVersion("v1")
                        .withKind("Config")
                        .withClusters(cluster)
                        .withUsers(user)
                        .withContexts(found)
                        .withCurrentContext(context)
                        .build()));
    }

    /** The cluster of a client, under a name, for another kubeconfig. */
    static NamedCluster clusterOf(Config access, String name) {
        // @formatter:off
        return new NamedClusterBuilder()
                .withName(name)
                .withNewCluster()
                .withServer(access.getMasterUrl())
                .withCertificateAuthorityData(access.getCaCertData())
                .withCertificateAuthority(access.getCaCertFile())
                .withInsecureSkipTlsVerify(access.isTrustCerts() ? Boolean.TRUE : null)
                .endCluster()
                .build();
        // @formatter:on
    }

    private static <T> Optional<T> find(List<Source> sources, Function<Source, Optional<T>> wanted) {
        return sources.stream().map(wanted).flatMap(Optional::stream).findFirst();
    }

    private static String names(List<Source> sources) {
        return sources.stream()
                .flatMap(source -> source.contexts().stream())
                .map(NamedContext::getName)
                .collect(Collectors.joining(", "));
    }

    /** One of the files, with its relative paths made absolute. */
    private record Source(File file, io.fabric8.kubernetes.api.model.Config config) {

        List<NamedContext> contexts() {
            return config.getContexts();
        }

        Optional<NamedCluster> cluster(String name) {
            Optional<NamedCluster> found = config.getClusters().stream()
                    .filter(named -> named.getName().equals(name))
                    .findFirst();
            found.ifPresent(named -> {
                named.getAdditionalProperties().clear();
                named.getCluster()
                        .setCertificateAuthority(absolute(named.getCluster().getCertificateAuthority()));
            });
            return found;
        }

        Optional<NamedAuthInfo> user(String name) {
            Optional<NamedAuthInfo> found = config.getUsers().stream()
                    .filter(named -> named.getName().equals(name))
                    .findFirst();
            found.ifPresent(named -> {
                named.getAdditionalProperties().clear();
                AuthInfo user = named.getUser();
                user.setClientCertificate(absolute(user.getClientCertificate()));
                user.setClientKey(absolute(user.getClientKey()));
                user.setTokenFile(absolute(user.getTokenFile()));
                // As kubectl reads it: a command with a slash is a path, one without is looked up.
                if (user.getExec() != null && user.getExec().getCommand().contains("/")) {
                    user.getExec()
                            .setCommand(Objects.requireNonNull(
                                    absolute(user.getExec().getCommand())));
                }
            });
            return found;
        }

        private @Nullable String absolute(@Nullable String path) {
            return path == null || path.isEmpty()
                    ? path
                    : file.getAbsoluteFile().toPath().resolveSibling(path).toString();
        }
    }
}
