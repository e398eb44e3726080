package sh.keptn.api.secret;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sh.keptn.api.kube.Cluster;
import sh.keptn.api.kube.Watched;
import sh.keptn.api.secret.Scope.Capability;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * Lets the ServiceAccount of a scope at the scope's secrets, and at no other: one Role for each capability, which names
 * them one by one, and its RoleBinding. Both are there as long as the scope has a secret.
 *
 * <p>They are always made from the secrets that are there, never by adding to what was: so it does not matter who comes
 * first when several write at one time, and what a process that died left behind is mended by the next write.
 */
final class ScopeGrants {
    private static final Logger log = LoggerFactory.getLogger(ScopeGrants.class);
    private static final int ATTEMPTS = 10;
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final Cluster cluster;
    private final OwnSecrets secrets;

    ScopeGrants(Cluster cluster, OwnSecrets secrets) {
        this.cluster = cluster;
        this.secrets = secrets;
    }

    /** Grants what is there. */
    void settle(Scope scope) {
        settle(scope, Optional.empty());
    }

    /** Grants what is there besides one that is about to go. */
    void settleWithout(Scope scope, SecretName leaving) {
        settle(scope, Optional.of(leaving));
    }

    private void settle(Scope scope, Optional<SecretName> leaving) {
        for (Capability capability : scope.capabilities()) {
            int attempt = 1;
            while (!settled(scope, capability, leaving)) {
                if (attempt++ == ATTEMPTS) {
                    throw new KeptnException(new KeptnError.Unavailable(
                            "others keep changing the Role '" + capability.role() + "'", Duration.ofSeconds(1)));
                }
            }
        }
    }

    /** The Role is looked at before the secrets are: then writing it fails if they may have changed since. */
    private boolean settled(Scope scope, Capability capability, Optional<SecretName> leaving) {
        try {
            Optional<Role> role = ours(role(capability), scope);
            List<String> names = secrets.list(scope).stream()
                    .map(secret -> secret.getMetadata().getName())
                    .filter(name ->
                            leaving.filter(gone -> gone.value().equals(name)).isEmpty())
                    .toList();
            if (names.isEmpty()) {
                unbind(scope, capability);
                role.ifPresent(this::delete);
            } else {
                write(scope, capability, role, names);
                bind(scope, capability);
            }
            return true;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> false;
                case HttpURLConnection.HTTP_FORBIDDEN -> throw notAllowed(scope, capability, e);
                default -> throw Watched.unavailable(e);
            };
        }
    }

    private void write(Scope scope, Capability capability, Optional<Role> there, List<String> names) {
        PolicyRule rule = new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources("secrets")
                .withResourceNames(names)
                .withVerbs(capability.verbs())
                .build();
        if (there.filter(role -> List.of(rule).equals(role.getRules())).isPresent()) {
            return;
        }
        Role next = there.map(RoleBuilder::new)
                .orElseGet(RoleBuilder::new)
                .editOrNewMetadata()
                .withName(capability.role())
                .addToLabels(ScopeLabels.of(scope))
                .endMetadata()
                .withRules(rule)
                .build();
        Resource<Role> resource =
                cluster.client().rbac().roles().inNamespace(cluster.namespace()).resource(next);
        if (there.isPresent()) {
            resource.update();
        } else {
            resource.create();
        }
    }

    private void delete(Role role) {
        cluster.client()
                .rbac()
                .roles()
                .inNamespace(cluster.namespace())
                .resource(role)
                .lockResourceVersion(role.getMetadata().getResourceVersion())
                .delete();
    }

    private void bind(Scope scope, Capability capability) {
        if (ours(binding(scope, capability), scope).isPresent()) {
            return;
        }
        RoleBinding binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withName(bindingName(scope, capability))
                .withLabels(ScopeLabels.of(scope))
                .endMetadata()
                .withNewRoleRef()
                .withApiGroup(RBAC)
                .withKind("Role")
                .withName(capability.role())
                .endRoleRef()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(scope.name())
                .withNamespace(cluster.namespace())
                .endSubject()
                .build();
        cluster.client()
                .rbac()
                .roleBindings()
                .inNamespace(cluster.namespace())
                .resource(binding)
                .create();
    }

    private void unbind(Scope scope, Capability capability) {
        Resource<RoleBinding> binding = binding(scope, capability);
        if (ours(binding, scope).isPresent()) {
            binding.delete();
        }
    }

    /** What is there by that name; empty if nothing is. */
    private static <T extends HasMetadata> Optional<T> ours(Resource<T> resource, Scope scope) {
        Optional<T> there = Optional.ofNullable(resource.get());
        there.filter(found -> !ScopeLabels.areOn(found, scope)).ifPresent(found -> {
            throw new KeptnException(new KeptnError.Conflict("the " + found.getKind() + " '"
                    + found.getMetadata().getName() + "' is somebody else's; scope '" + scope
                    + "' needs the name"));
        });
        return there;
    }

    private Resource<Role> role(Capability capability) {
        return cluster.client().rbac().roles().inNamespace(cluster.namespace()).withName(capability.role());
    }

    private Resource<RoleBinding> binding(Scope scope, Capability capability) {
        return cluster.client()
                .rbac()
                .roleBindings()
                .inNamespace(cluster.namespace())
                .withName(bindingName(scope, capability));
    }

    /** Keptn binds one capability of a scope alone; where there are more, each has a binding of its own. */
    private static String bindingName(Scope scope, Capability capability) {
        boolean first = scope.capabilities().getFirst().equals(capability);
        return scope + (first ? "" : "-" + capability.role()) + "-rolebinding";
    }

    private static KeptnException notAllowed(Scope scope, Capability capability, KubernetesClientException cause) {
        log.atWarn()
                .addKeyValue("scope", scope)
                .addKeyValue("role", capability.role())
                .setCause(cause)
                .log("this server's account may not manage the Role or RoleBinding of a scope");
        return new KeptnException(
                new KeptnError.Unavailable(
                        "this server's account may not manage the Role and RoleBinding of scope '" + scope + "'",
                        Duration.ofMinutes(1)),
                cause);
    }
}
