package sh.keptn.operator.render;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import sh.keptn.operator.render.helm.HelmEngine;
import sh.keptn.operator.render.helm.HelmWorkers;
import sh.keptn.operator.render.helm.WorkerLimits;

/** Puts the renderer together from what the process has. */
public final class RenderRoom {
    private RenderRoom() {}

    /**
     * The renderer of this process. Costs nothing until the first chart; to be closed with the process.
     *
     * @param scratch a folder that is the renderer's alone, emptied now and deleted in the end
     * @param kubernetesVersion of the cluster, such as v1.34.2: asked for each chart, so better remembered
     */
    public static Renderer renderer(Path scratch, Supplier<String> kubernetesVersion) {
        return renderer(new HelmWorkers(scratch, WorkerLimits.DEFAULT), kubernetesVersion);
    }

    static Renderer renderer(HelmEngine helm, Supplier<String> kubernetesVersion) {
        ObjectReader objects = new ObjectReader(new KubernetesSerialization());
        return new FolderRenderer(
                List.of(
                        new ChartSource(helm, kubernetesVersion, objects),
                        new ManifestSource(objects),
                        new TemplateSource(objects)),
                helm);
    }
}
