package sh.keptn.operator.health;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What objects run and where they answer, from their specs and the addresses that the cluster gave them. */
final class Footprints {
    private static final int MOST = 100;

    private Footprints() {}

    static Health.Footprint of(Collection<GenericKubernetesResource> objects) {
        Set<String> images = new LinkedHashSet<>();
        Set<String> local = new LinkedHashSet<>();
        Set<String> outside = new LinkedHashSet<>();
        for (GenericKubernetesResource object : objects) {
            Fields spec = Fields.of(object).in("spec");
            Fields pod = "Pod".equals(object.getKind()) ? spec : template(spec);
            pod.all("containers").forEach(container -> container.text("image").ifPresent(images::add));
            pod.all("initContainers")
                    .forEach(container -> container.text("image").ifPresent(images::add));
            if ("v1".equals(object.getApiVersion()) && "Service".equals(object.getKind())) {
                service(object, spec, local, outside);
            }
            if ("Ingress".equals(object.getKind())) {
                spec.all("rules").forEach(rule -> rule.text("host").ifPresent(host -> outside.add("http://" + host)));
            }
        }
        local.addAll(outside);
        return new Health.Footprint(
                images.stream().limit(MOST).toList(), local.stream().limit(MOST).toList());
    }

    private static Fields template(Fields spec) {
        Fields template = spec.in("template");
        return (template.isEmpty() ? spec.in("jobTemplate").in("spec").in("template") : template).in("spec");
    }

    private static void service(GenericKubernetesResource object, Fields spec, Set<String> local, Set<String> outside) {
        OptionalLong port = lowestTcpPort(spec.all("ports"));
        if (port.isEmpty()) {
            return;
        }
        local.add("http://" + object.getMetadata().getName() + "."
                + object.getMetadata().getNamespace() + ":" + port.getAsLong());
        Fields.of(object).in("status").in("loadBalancer").all("ingress").forEach(ingress -> {
            Optional<String> address = ingress.text("hostname").or(() -> ingress.text("ip"));
            address.ifPresent(name -> outside.add(
                    "http://" + (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + port.getAsLong()));
        });
    }

    private static OptionalLong lowestTcpPort(List<Fields> ports) {
        return ports.stream()
                .filter(port -> "TCP".equals(port.text("protocol", "TCP")))
                .mapToLong(port -> port.number("port", 0))
                .filter(port -> port > 0)
                .min();
    }
}
