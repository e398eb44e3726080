package sh.keptn.operator.render;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import sh.keptn.crds.deployment.Engine;

/** What became of a folder. */
public sealed interface Rendering {

    /**
     * The objects that the folder asks for, at least one, each with apiVersion, kind and metadata.name, and no two the
     * same. In the order of the files; nothing is added to them: no namespace, no label.
     *
     * @param engine what made them
     */
    record Objects(Engine engine, List<GenericKubernetesResource> objects) implements Rendering {
        public Objects {
            objects = List.copyOf(objects);
        }
    }

    /**
     * The folder holds nothing that could be deployed.
     *
     * @param why one sentence for people: what was looked for
     */
    record Nothing(String why) implements Rendering {}
}
