package sh.keptn.core.model;

/** To what a resource belongs: the project, one of its stages, or a service in a stage. */
public sealed interface Scope {
    record OfProject() implements Scope {}

    record OfStage(StageName stage) implements Scope {}

    record OfService(StageName stage, ServiceName service) implements Scope {}
}
