package sh.keptn.operator.service;

import java.util.List;
import sh.keptn.core.model.StageName;

/**
 * What is to be done for a service.
 *
 * @param create the stages where its folder is to be made
 * @param accepted the stages that count as scaffolded afterwards, new ones only
 * @param clearRecreate whether the wish for recreation is fulfilled with this
 */
record ServicePlan(List<StageName> create, List<StageName> accepted, boolean clearRecreate) {
    ServicePlan {
        create = List.copyOf(create);
        accepted = List.copyOf(accepted);
    }

    boolean isEmpty() {
        return create.isEmpty() && accepted.isEmpty() && !clearRecreate;
    }
}
