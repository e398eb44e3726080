package sh.keptn.operator.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.model.ServiceName;
import sh.keptn.core.model.Shipyard;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.Reason;
import sh.keptn.operator.condition.Outcome;

/** From what a project wants and what was seen of it to what is to be done. Pure: it asks nobody and changes nothing. */
final class ProjectPlanner {

    /** The shipyard that counts, and what is wrong with the one in Git. */
    private record Force(Optional<Shipyard> shipyard, Optional<Outcome.Stalled> flaw, boolean write) {}

    /**
     * @param known the services that have a resource already
     */
    ProjectPlan plan(ProjectIntent intent, ObservedProject seen, Set<ServiceName> known) {
        boolean stranger =
                seen.initialized() && !seen.ours() && intent.accepted().isEmpty();
        if (stranger && !intent.adoptsExisting()) {
            return stop(new Outcome.Stalled(
                    Reason.ALREADY_INITIALIZED,
                    "the upstream already holds a Keptn project (metadata.yaml on " + seen.defaultBranch()
                            + "); set spec.git.adoptExisting to true to take it over"));
        }
        Force force = force(intent, seen);
        if (force.shipyard().isEmpty() && intent.accepted().isEmpty()) {
            return stop(force.flaw().orElseThrow());
        }
        List<ProjectStep> steps = new ArrayList<>();
        boolean first = intent.accepted().isEmpty();
        if (!seen.initialized() && (first || intent.recreate())) {
            steps.add(new ProjectStep.InitializeRepository());
        } else if (stranger) {
            steps.add(new ProjectStep.AdoptRepository());
        }
        Map<StageName, Shipyard.Stage> stages = new LinkedHashMap<>();
        force.shipyard().ifPresent(shipyard -> shipyard.stages().forEach(stage -> stages.put(stage.name(), stage)));
        List<StageName> missing = planStages(intent, seen, stages.keySet(), steps);
        List<StageName> refused = force.shipyard().isPresent()
                ? planRemovals(intent, stages.keySet(), steps)
                : List.copyOf(intent.acceptedStages());
        if (force.write()) {
            force.shipyard().ifPresent(shipyard -> steps.add(new ProjectStep.WriteShipyard(shipyard.content())));
        }
        refused.forEach(stage -> stages.put(stage, new Shipyard.Stage(stage, List.of())));
        planServices(intent, seen, stages.keySet(), known, steps);
        if (intent.recreate()) {
            steps.add(new ProjectStep.ClearAnnotation(Annotations.RECREATE));
        }
        List<StageName> alsoMissing = refused.stream()
                .filter(stage -> !seen.stages().containsKey(stage))
                .toList();
        Outcome outcome = outcome(
                force,
                force.shipyard().isPresent() ? refused : List.of(),
                missing.isEmpty() ? alsoMissing : missing,
                stages.size());
        return new ProjectPlan(steps, force.shipyard(), List.copyOf(stages.values()), force.flaw(), outcome);
    }

    private static ProjectPlan stop(Outcome.Stalled why) {
        boolean shipyard = why.reason() == Reason.SHIPYARD_INVALID || why.reason() == Reason.SHIPYARD_MISSING;
        return new ProjectPlan(
                List.of(), Optional.empty(), List.of(), shipyard ? Optional.of(why) : Optional.empty(), why);
    }

    private static Force force(ProjectIntent intent, ObservedProject seen) {
        return switch (seen.shipyard()) {
            case ShipyardInGit.Valid(Shipyard shipyard) ->
                flawOf(shipyard, seen.defaultBranch())
                        .map(flaw -> new Force(intent.lastValid(), Optional.of(flaw), false))
                        .orElseGet(() -> new Force(Optional.of(shipyard), Optional.empty(), false));
            case ShipyardInGit.Invalid(String why) ->
                new Force(intent.lastValid(), Optional.of(invalid("in Git", why)), false);
            case ShipyardInGit.Absent absent
            when intent.recreate() && intent.lastValid().isPresent() ->
                new Force(intent.lastValid(), Optional.empty(), true);
            case ShipyardInGit.Absent(boolean wasThere) -> {
                Outcome.Stalled missing = new Outcome.Stalled(
                        Reason.SHIPYARD_MISSING,
                        "there is no shipyard.yaml on " + seen.defaultBranch()
                                + (wasThere || intent.hadShipyard()
                                        ? " any more; push one, or annotate with " + Annotations.RECREATE
                                                + "=true to have the last valid one written"
                                        : " and no spec.initialShipyard; push one or set the field"));
                yield wasThere || intent.hadShipyard()
                        ? new Force(intent.lastValid(), Optional.of(missing), false)
                        : intent.initialShipyard()
                                .map(text -> initial(text, seen.defaultBranch()))
                                .orElseGet(() -> new Force(Optional.empty(), Optional.of(missing), false));
            }
        };
    }

    private static Force initial(String text, String defaultBranch) {
        try {
            Shipyard shipyard = Shipyard.parse(text);
            shipyard.requireNoStageNamed(defaultBranch);
            return new Force(Optional.of(shipyard), Optional.empty(), true);
        } catch (KeptnException e) {
            return new Force(Optional.empty(), Optional.of(invalid("in spec.initialShipyard", e.getMessage())), false);
        }
    }

    private static Optional<Outcome.Stalled> flawOf(Shipyard shipyard, String defaultBranch) {
        try {
            shipyard.requireNoStageNamed(defaultBranch);
            return Optional.empty();
        } catch (KeptnException e) {
            return Optional.of(invalid("in Git", e.getMessage()));
        }
    }

    private static Outcome.Stalled invalid(String where, @Nullable String why) {
        return new Outcome.Stalled(Reason.SHIPYARD_INVALID, "the shipyard " + where + " is invalid: " + why);
    }

    /** Makes or adopts what was never accepted; what was accepted and is gone is made only when asked. */
    private static List<StageName> planStages(
            ProjectIntent intent, ObservedProject seen, Set<StageName> stages, List<ProjectStep> steps) {
        List<StageName> missing = new ArrayList<>();
        for (StageName stage : stages) {
            boolean accepted = intent.accepted().contains(stage.value());
            ObservedStage there = seen.stages().get(stage);
            if (there == null && (!accepted || intent.recreate())) {
                steps.add(new ProjectStep.CreateStage(stage));
            } else if (there == null) {
                missing.add(stage);
            } else if (!accepted) {
                steps.add(new ProjectStep.AdoptStage(stage, there.ours()));
            }
        }
        return missing;
    }

    /** The stages that were accepted, are in the shipyard no more, and whose removal nobody confirmed. */
    private static List<StageName> planRemovals(ProjectIntent intent, Set<StageName> stages, List<ProjectStep> steps) {
        List<StageName> refused = new ArrayList<>();
        boolean removes = false;
        for (StageName stage : intent.acceptedStages()) {
            if (stages.contains(stage)) {
                continue;
            }
            if (intent.confirmedRemovals().contains(stage.value())) {
                steps.add(new ProjectStep.RemoveStage(stage));
                removes = true;
            } else {
                refused.add(stage);
            }
        }
        if (removes) {
            steps.add(new ProjectStep.ClearAnnotation(Annotations.CONFIRM_STAGE_REMOVAL));
        }
        return refused;
    }

    private static void planServices(
            ProjectIntent intent,
            ObservedProject seen,
            Set<StageName> stages,
            Set<ServiceName> known,
            List<ProjectStep> steps) {
        Set<String> folders = stages.stream()
                .flatMap(stage -> Optional.ofNullable(seen.stages().get(stage)).stream())
                .flatMap(stage -> stage.folders().stream())
                .filter(ServiceFolder::nameable)
                .map(ServiceFolder::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        boolean complete = stages.stream().allMatch(stage -> seen.stages().containsKey(stage));
        if (intent.discovers()) {
            folders.stream()
                    .filter(name -> !intent.ignored().contains(name))
                    .map(ServiceName::new)
                    .filter(service -> !known.contains(service))
                    .forEach(service -> steps.add(new ProjectStep.DiscoverService(service)));
        }
        Set<String> forgotten = intent.ignored().names().stream()
                .filter(name -> complete && !folders.contains(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!forgotten.isEmpty()) {
            steps.add(new ProjectStep.ForgetIgnored(forgotten));
        }
    }

    private static Outcome outcome(Force force, List<StageName> refused, List<StageName> missing, int stages) {
        if (force.flaw().isPresent()) {
            return force.flaw().get();
        }
        if (!refused.isEmpty()) {
            return new Outcome.Stalled(
                    Reason.STAGE_CHANGE_REFUSED,
                    "the shipyard in Git no longer holds " + join(refused) + "; annotate with "
                            + Annotations.CONFIRM_STAGE_REMOVAL + " naming what shall go, or put it back");
        }
        if (!missing.isEmpty()) {
            return new Outcome.Stalled(
                    Reason.STAGE_BRANCH_MISSING,
                    join(missing) + " vanished from the upstream; push it again, or annotate with "
                            + Annotations.RECREATE + "=true to have it made anew");
        }
        return new Outcome.Done(stages == 1 ? "1 stage is set up" : stages + " stages are set up");
    }

    private static String join(List<StageName> stages) {
        return (stages.size() == 1 ? "stage " : "stages ")
                + stages.stream().map(StageName::value).collect(Collectors.joining(", "));
    }
}
