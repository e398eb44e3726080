package sh.keptn.operator.project;

import java.util.List;
import java.util.Optional;
import sh.keptn.core.model.Shipyard;
import sh.keptn.operator.condition.Outcome;

/**
 * What is to be done for a project, and how it stands once that is done.
 *
 * @param inForce the shipyard that counts: the one in Git, else the last valid one, else the one to begin with
 * @param stages the accepted stages in their order
 * @param shipyardFlaw what is wrong with the shipyard in Git, if anything
 * @param outcome how the pass ends if no steps are left
 */
record ProjectPlan(
        List<ProjectStep> steps,
        Optional<Shipyard> inForce,
        List<Shipyard.Stage> stages,
        Optional<Outcome.Stalled> shipyardFlaw,
        Outcome outcome) {
    ProjectPlan {
        steps = List.copyOf(steps);
        stages = List.copyOf(stages);
    }
}
