package sh.keptn.operator.service;

import java.util.ArrayList;
import java.util.List;
import sh.keptn.core.model.StageName;

/**
 * From what a service wants and how it stands to what is to be done. A folder is made once, when the service and the
 * stage first meet; one that vanished later is made again only when asked. Pure.
 */
final class ServicePlanner {

    ServicePlan plan(ServiceIntent intent, ObservedService seen) {
        List<StageName> create = new ArrayList<>();
        List<StageName> accepted = new ArrayList<>();
        seen.stages().forEach((stage, folder) -> {
            boolean met = intent.scaffolded().contains(stage.value());
            boolean possible = folder.head().isPresent();
            if (!folder.present() && possible && (!met || intent.recreate())) {
                create.add(stage);
            }
            if (!met && possible) {
                accepted.add(stage);
            }
        });
        return new ServicePlan(create, accepted, intent.recreate());
    }
}
