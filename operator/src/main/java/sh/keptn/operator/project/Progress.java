package sh.keptn.operator.project;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sh.keptn.core.model.ServiceName;

/** What of a plan has been done, also where it broke off in the middle: this is what gets recorded. */
final class Progress {
    private final List<String> accepted = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final Set<String> forgotten = new LinkedHashSet<>();
    private final Set<String> cleared = new LinkedHashSet<>();
    private final Set<ServiceName> discovered = new LinkedHashSet<>();

    void accept(String stage) {
        accepted.add(stage);
    }

    void remove(String stage) {
        removed.add(stage);
    }

    void forget(Set<String> services) {
        forgotten.addAll(services);
    }

    void clear(String annotation) {
        cleared.add(annotation);
    }

    void discover(ServiceName service) {
        discovered.add(service);
    }

    List<String> accepted() {
        return List.copyOf(accepted);
    }

    List<String> removed() {
        return List.copyOf(removed);
    }

    Set<String> forgotten() {
        return Set.copyOf(forgotten);
    }

    Set<String> cleared() {
        return Set.copyOf(cleared);
    }

    Set<ServiceName> discovered() {
        return Set.copyOf(discovered);
    }
}
