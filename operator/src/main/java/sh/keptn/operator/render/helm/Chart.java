package sh.keptn.operator.render.helm;

import java.util.List;
import java.util.SortedMap;
import sh.keptn.core.git.Content;

/**
 * A chart and what it is rendered with.
 *
 * @param folder what messages call it: its folder in the service's folder
 * @param kubernetesVersion what charts see as {@code .Capabilities.KubeVersion}
 * @param files the chart's files, by their paths from its own folder
 * @param values on top of the chart's own, the last wins
 */
public record Chart(
        String folder,
        String release,
        String namespace,
        String kubernetesVersion,
        SortedMap<String, Content> files,
        List<Content> values) {
    public Chart {
        values = List.copyOf(values);
    }
}
