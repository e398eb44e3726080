package sh.keptn.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sh.keptn.core.model.ProjectName;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.ShortHash;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Labels;

/** Whose an object is, as its three labels say it: the names of project, stage and service as label values. */
public record Owner(String project, String stage, String service) {
    private static final int MAX_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");

    /** The owner by the true names; KeptnServiceDeployments carry the same three labels. */
    public static Owner of(ProjectName project, StageName stage, ServiceName service) {
        return new Owner(value(project.value()), value(stage.value()), value(service.value()));
    }

    /** The owner that an object's labels name, if all three are there. */
    public static Optional<Owner> of(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        if (labels == null
                || labels.get(Labels.PROJECT) == null
                || labels.get(Labels.STAGE) == null
                || labels.get(Labels.SERVICE) == null) {
            return Optional.empty();
        }
        return Optional.of(new Owner(labels.get(Labels.PROJECT), labels.get(Labels.STAGE), labels.get(Labels.SERVICE)));
    }

    /** The three labels. */
    public Map<String, String> labels() {
        return Map.of(Labels.PROJECT, project, Labels.STAGE, stage, Labels.SERVICE, service);
    }

    private static String value(String name) {
        return LABEL.matcher(name).matches() ? ShortHash.cut(name, MAX_LABEL) : ShortHash.of(name);
    }

    @Override
    public String toString() {
        return project + "/" + stage + "/" + service;
    }
}
