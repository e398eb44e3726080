package sh.keptn.operator.deployment;

import sh.keptn.operator.condition.Outcome;

/** What is to be done for a deployment. */
sealed interface DeploymentPlan {
    /** Bring this into the cluster. */
    record Apply(Candidate candidate) implements DeploymentPlan {}

    /** It was brought in before: see whether it is well, and still as it was. */
    record Look(Candidate candidate) implements DeploymentPlan {}

    /** It failed before and an older revision runs instead, until something new comes. */
    record Hold(Candidate failed) implements DeploymentPlan {}

    /** The folder is not there: nothing of it is to run. */
    record Clear(Candidate candidate) implements DeploymentPlan {}

    /** Nothing runs yet, and what is available waits to be chosen. */
    record Await(Revision available) implements DeploymentPlan {}

    /** It cannot be told what is to run; what runs goes on. */
    record Stop(Outcome outcome) implements DeploymentPlan {}
}
