package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import sh.keptn.crds.deployment.InventoryEntry;

/**
 * Finds what was deployed for a target by its labels, kind by kind: slow, and only for a status that was lost. What
 * controllers made of our objects carries some of their labels as well, but was never applied by us.
 */
final class LabelledObjects {
    private final Access access;
    private final Namespaces namespaces;
    private final Rights rights;

    LabelledObjects(Access access, Namespaces namespaces, Rights rights) {
        this.access = access;
        this.namespaces = namespaces;
        this.rights = rights;
    }

    List<InventoryEntry> of(Target target) {
        if (!namespaces.usable(target.namespace())) {
            return List.of();
        }
        rights.grant(target.namespace(), target.serviceAccount().isPresent());
        return kinds().flatMap(kind -> objects(target, kind))
                .sorted(ApplyOrder.COMPARATOR)
                .toList();
    }

    private Stream<ApiKind> kinds() {
        KubernetesClient client = access.own();
        List<String> versions = new ArrayList<>();
        versions.add("v1");
        for (APIGroup group : client.getApiGroups().getGroups()) {
            versions.add(group.getPreferredVersion().getGroupVersion());
        }
        return versions.stream().flatMap(version -> {
            APIResourceList served = client.getApiResources(version);
            return served == null
                    ? Stream.empty()
                    : served.getResources().stream()
                            .filter(LabelledObjects::holdsObjects)
                            .map(resource -> ApiKind.of(version, resource));
        });
    }

    private static boolean holdsObjects(APIResource resource) {
        return resource.getName().indexOf('/') < 0
                && Boolean.TRUE.equals(resource.getNamespaced())
                && resource.getVerbs().containsAll(List.of("list", "patch", "delete"));
    }

    private Stream<InventoryEntry> objects(Target target, ApiKind kind) {
        try {
            return access
                    .as(target)
                    .genericKubernetesResources(kind.context())
                    .inNamespace(target.namespace())
                    .withLabels(target.owner().labels())
                    .list()
                    .getItems()
                    .stream()
                    .filter(object -> OwnedFields.of(object).isPresent())
                    .map(object -> entry(kind, object));
        } catch (KubernetesClientException e) {
            if (ApiAnswers.forbidden(e) || ApiAnswers.missing(e)) {
                // What may not be listed was not applied with these rights either.
                return Stream.empty();
            }
            throw e;
        }
    }

    private static InventoryEntry entry(ApiKind kind, GenericKubernetesResource object) {
        return new InventoryEntry(
                kind.apiVersion(),
                kind.kind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }
}
