package sh.keptn.operator.health;

import java.util.List;
import sh.keptn.crds.Reason;

/** How a service's objects are. Whatever it is, it says what they run and where they can be called. */
public sealed interface Health {
    Footprint footprint();

    /** All are as they should be. */
    record Healthy(Footprint footprint) implements Health {}

    /** Not there yet; the message says what is missing, and why as far as the pods tell. */
    record Progressing(String message, Footprint footprint) implements Health {}

    /** It will not become well by waiting. */
    record Unhealthy(Reason reason, String message, Footprint footprint) implements Health {}

    /**
     * What the objects run and where they answer.
     *
     * @param images of the pod templates, without doubles
     * @param endpoints of Services inside the cluster, then of load balancers and Ingresses
     */
    record Footprint(List<String> images, List<String> endpoints) {
        public Footprint {
            images = List.copyOf(images);
            endpoints = List.copyOf(endpoints);
        }
    }
}
