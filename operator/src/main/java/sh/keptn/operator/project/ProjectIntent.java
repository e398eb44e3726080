package sh.keptn.operator.project;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import sh.keptn.core.error.KeptnException;
import sh.keptn.core.git.GitUrl;
import sh.keptn.core.model.Shipyard;
import sh.keptn.core.model.StageName;
import sh.keptn.crds.Annotations;
import sh.keptn.crds.project.GitStatus;
import sh.keptn.crds.project.KeptnProject;
import sh.keptn.crds.project.KeptnProjectStatus;
import sh.keptn.crds.project.ShipyardStatus;
import sh.keptn.operator.cluster.NameList;
import sh.keptn.operator.upstream.ProjectSettings;

/**
 * What a project's resource asks for and remembers, parsed.
 *
 * @param accepted the stages that were made or adopted before: never made a second time unasked
 * @param ignored services that were deleted while their folders stay
 * @param confirmedRemovals stages whose removal from the shipyard is meant
 * @param establishedUrl the address under which the project was set up; a change of it needs permission
 * @param lastValid the shipyard that was in force at the last look
 * @param hadShipyard whether a shipyard was in force ever before
 */
record ProjectIntent(
        ProjectSettings settings,
        Instant createdAt,
        boolean adoptsExisting,
        boolean discovers,
        Optional<String> initialShipyard,
        NameList accepted,
        NameList ignored,
        NameList confirmedRemovals,
        boolean recreate,
        boolean urlChangeAllowed,
        Optional<GitUrl> establishedUrl,
        Optional<Shipyard> lastValid,
        boolean hadShipyard) {

    /**
     * @throws KeptnException {@code Invalid} if the spec cannot be used
     */
    static ProjectIntent of(KeptnProject project) {
        Optional<KeptnProjectStatus> status = Optional.ofNullable(project.getStatus());
        Optional<String> lastText = status.map(KeptnProjectStatus::shipyard).map(ShipyardStatus::content);
        return new ProjectIntent(
                ProjectSettings.of(project),
                Instant.parse(project.getMetadata().getCreationTimestamp()),
                project.getSpec().git().adopts(),
                project.getSpec().discovers(),
                Optional.ofNullable(project.getSpec().initialShipyard()).filter(text -> !text.isBlank()),
                NameList.of(project, Annotations.SCAFFOLDED),
                NameList.of(project, Annotations.IGNORED_SERVICES),
                NameList.of(project, Annotations.CONFIRM_STAGE_REMOVAL),
                NameList.flag(project, Annotations.RECREATE),
                NameList.flag(project, Annotations.ALLOW_URL_CHANGE),
                status.map(KeptnProjectStatus::git)
                        .filter(git -> Boolean.TRUE.equals(git.initialized()))
                        .map(GitStatus::url)
                        .map(GitUrl::new),
                lastText.flatMap(ProjectIntent::parsed),
                lastText.isPresent());
    }

    /** The intent after these steps were taken, so that the next look goes on from there. */
    ProjectIntent after(Progress progress) {
        return new ProjectIntent(
                settings,
                createdAt,
                adoptsExisting,
                discovers,
                initialShipyard,
                accepted.plus(progress.accepted()).minus(progress.removed()),
                ignored.minus(progress.forgotten()),
                progress.cleared().contains(Annotations.CONFIRM_STAGE_REMOVAL) ? NameList.EMPTY : confirmedRemovals,
                recreate && !progress.cleared().contains(Annotations.RECREATE),
                urlChangeAllowed,
                establishedUrl,
                lastValid,
                hadShipyard);
    }

    /** Every stage that a look at the upstream must cover besides those of the shipyard there. */
    Set<StageName> knownStages() {
        Set<StageName> known = new LinkedHashSet<>();
        lastValid.ifPresent(shipyard -> known.addAll(shipyard.stageNames()));
        initialShipyard.flatMap(ProjectIntent::parsed).ifPresent(shipyard -> known.addAll(shipyard.stageNames()));
        acceptedStages().forEach(known::add);
        return known;
    }

    /** The accepted stages; a name that a person wrote into the annotation and that cannot be one is passed over. */
    Set<StageName> acceptedStages() {
        Set<StageName> stages = new LinkedHashSet<>();
        for (String name : accepted.names()) {
            try {
                stages.add(new StageName(name));
            } catch (KeptnException e) {
                // No stage can have that name, so none is meant.
            }
        }
        return stages;
    }

    private static Optional<Shipyard> parsed(String text) {
        try {
            return Optional.of(Shipyard.parse(text));
        } catch (KeptnException e) {
            return Optional.empty();
        }
    }
}
