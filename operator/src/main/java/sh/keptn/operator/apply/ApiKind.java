package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** A kind as the API server serves it. */
record ApiKind(String group, String version, String kind, String plural, boolean namespaced) {

    static ApiKind of(String apiVersion, APIResource served) {
        return new ApiKind(
                group(apiVersion),
                apiVersion.substring(apiVersion.indexOf('/') + 1),
                served.getKind(),
                served.getName(),
                Boolean.TRUE.equals(served.getNamespaced()));
    }

    /** The group in an apiVersion; empty for the core group. */
    static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code ClusterRole.rbac.authorization.k8s.io}, or the kind alone in the core group. */
    String qualified() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
