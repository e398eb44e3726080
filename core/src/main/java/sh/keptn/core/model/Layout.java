package sh.keptn.core.model;

/** Where a stage stands in the repository. Fixed for a project's life. */
public enum Layout {
    /** A branch per stage, Keptn's default. */
    BRANCH,
    /** Folders {@code .keptn-stages/<stage>/<service>} of the default branch, Keptn's DIRECTORY_STAGE_STRUCTURE. */
    DIRECTORY;

    /** The branch and folder in which a scope's files stand. */
    public Location locate(Scope scope, String defaultBranch) {
        return switch (scope) {
            case Scope.OfProject() -> new Location(defaultBranch, "");
            case Scope.OfStage(StageName stage) -> stage(stage, defaultBranch);
            case Scope.OfService(StageName stage, ServiceName service) ->
                stage(stage, defaultBranch).folder(service.value());
        };
    }

    private Location stage(StageName stage, String defaultBranch) {
        return switch (this) {
            case BRANCH -> new Location(stage.value(), "");
            case DIRECTORY -> new Location(defaultBranch, ResourcePath.STAGES_FOLDER + "/" + stage);
        };
    }
}
