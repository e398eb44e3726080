package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.model.Printable;
import sh.keptn.crds.Reason;

/**
 * What an object must be so that it is applied for a service: of a namespaced kind that the API server knows, in the
 * stage's namespace, under a name of its own. All are checked before the first is applied.
 */
final class ObjectChecks {
    private static final int MAX_NAMED = 5;

    private final BiFunction<String, String, Optional<ApiKind>> kinds;
    private final ApplySettings settings;

    /**
     * Checks by what the API server serves.
     *
     * @param kinds from an apiVersion and a kind to what is known of it
     */
    ObjectChecks(BiFunction<String, String, Optional<ApiKind>> kinds, ApplySettings settings) {
        this.kinds = kinds;
        this.settings = settings;
    }

    /** What the checks found. */
    sealed interface Checked {
        /** The objects in the order in which they are applied. */
        record Accepted(List<Prepared> objects) implements Checked {}

        record Rejected(Problem problem) implements Checked {}
    }

    Checked check(Target target, String revision, List<GenericKubernetesResource> objects) {
        List<String> complaints = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<Prepared> accepted = new ArrayList<>();
        Set<ObjectName> names = new HashSet<>();
        for (GenericKubernetesResource object : objects) {
            Optional<String> complaint = complaint(object);
            if (complaint.isPresent()) {
                complaints.add(words(object) + " " + complaint.get());
                continue;
            }
            Optional<ApiKind> kind =
                    kinds.apply(object.getApiVersion(), object.getKind()).or(() -> defined(object, objects));
            if (kind.isEmpty()) {
                unknown.add(words(object) + " (" + Printable.of(object.getApiVersion()) + ")");
                continue;
            }
            Optional<String> misplaced = misplaced(target, kind.get(), object);
            if (misplaced.isPresent()) {
                complaints.add(words(object) + " " + misplaced.get());
                continue;
            }
            Prepared prepared = new Prepared(kind.get(), Stamp.on(object, kind.get(), target, revision));
            if (!names.add(ObjectName.of(prepared.object()))) {
                complaints.add(words(object) + " is there twice");
            }
            accepted.add(prepared);
        }
        if (!complaints.isEmpty()) {
            return new Checked.Rejected(Problem.forPeople(Reason.OBJECT_REFUSED, listed(complaints)));
        }
        if (!unknown.isEmpty()) {
            return new Checked.Rejected(Problem.passing(
                    Reason.APPLY_FAILED,
                    "the cluster does not know the kind of " + listed(unknown)
                            + "; its CustomResourceDefinition must be installed first"));
        }
        accepted.sort(Comparator.comparing(Prepared::entry, ApplyOrder.COMPARATOR));
        return new Checked.Accepted(List.copyOf(accepted));
    }

    /** A kind that the cluster does not know yet, but whose definition is among the objects, and applied first. */
    private static Optional<ApiKind> defined(
            GenericKubernetesResource object, List<GenericKubernetesResource> objects) {
        String group = ApiKind.group(object.getApiVersion());
        return objects.stream()
                .filter(definition -> "CustomResourceDefinition".equals(definition.getKind()))
                .filter(definition -> group.equals(definition.get("spec", "group"))
                        && object.getKind().equals(definition.get("spec", "names", "kind")))
                .findFirst()
                .map(definition -> new ApiKind(
                        group,
                        object.getApiVersion().substring(object.getApiVersion().indexOf('/') + 1),
                        object.getKind(),
                        String.valueOf(definition.<Object>get("spec", "names", "plural")),
                        !"Cluster".equals(definition.get("spec", "scope"))));
    }

    /** What is wrong with an object, whatever its kind. */
    private static Optional<String> complaint(GenericKubernetesResource object) {
        ObjectMeta metadata = object.getMetadata();
        if (blank(object.getApiVersion()) || blank(object.getKind())) {
            return Optional.of("lacks apiVersion or kind");
        }
        if (metadata == null || blank(metadata.getName())) {
            return Optional.of("has no metadata.name; a generated one cannot be found again");
        }
        if (object.getKind().endsWith("List")
                && object.getAdditionalProperties().containsKey("items")) {
            return Optional.of("is a list: its items must stand on their own");
        }
        if (metadata.getOwnerReferences() != null
                && !metadata.getOwnerReferences().isEmpty()) {
            return Optional.of("names ownerReferences: the garbage collector would delete it behind our back");
        }
        return Optional.ofNullable(metadata.getFinalizers()).orElse(List.of()).stream()
                .filter(finalizer -> finalizer.indexOf('/') < 0)
                .findFirst()
                .map(finalizer -> "asks for the finalizer " + Printable.of(finalizer)
                        + ", which changes how the cluster deletes it");
    }

    /** What is wrong with where an object wants to be. */
    private Optional<String> misplaced(Target target, ApiKind kind, GenericKubernetesResource object) {
        if (!kind.namespaced()) {
            return settings.clusterKinds().contains(kind.qualified())
                    ? Optional.empty()
                    : Optional.of("is of the whole cluster, not of a namespace; only an administrator can allow "
                            + kind.qualified() + ", by KEPTN_ALLOWED_CLUSTER_KINDS");
        }
        String namespace = object.getMetadata().getNamespace();
        return blank(namespace) || target.namespace().equals(namespace)
                ? Optional.empty()
                : Optional.of("is for namespace " + Printable.of(namespace) + "; this stage deploys to "
                        + target.namespace() + " only");
    }

    private static String listed(List<String> complaints) {
        String shown = String.join("; ", complaints.subList(0, Math.min(MAX_NAMED, complaints.size())));
        return complaints.size() <= MAX_NAMED ? shown : shown + "; and " + (complaints.size() - MAX_NAMED) + " more";
    }

    private static String words(GenericKubernetesResource object) {
        String kind = blank(object.getKind()) ? "an object" : Printable.of(object.getKind());
        return Optional.ofNullable(object.getMetadata())
                .map(ObjectMeta::getName)
                .map(name -> kind + " " + Printable.of(name))
                .orElse(kind);
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
