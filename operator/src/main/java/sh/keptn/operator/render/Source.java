package sh.keptn.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;
import sh.keptn.crds.deployment.Engine;

/** One of the ways in which a folder can say what is to be deployed. */
interface Source {
    Engine engine();

    /** What the folder asks for in this way; empty if it does not use it. */
    Optional<List<GenericKubernetesResource>> objects(RenderRequest request);

    /** What is looked for, for messages. */
    String lookedFor(RenderRequest request);
}
