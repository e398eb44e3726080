package sh.keptn.api.uniform;

import java.util.List;

/** Of which events: an empty list means any, several names mean any of these. */
public record Filter(List<String> projects, List<String> stages, List<String> services) {
    public Filter {
        projects = List.copyOf(projects);
        stages = List.copyOf(stages);
        services = List.copyOf(services);
    }
}
