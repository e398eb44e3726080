package sh.keptn.operator.deployment;

import sh.keptn.crds.deployment.KeptnServiceDeployment;
import sh.keptn.crds.deployment.KeptnServiceDeploymentStatus;

/** Writes a status at once, in the middle of a pass: what is about to be made must be known before it is there. */
interface Recorder {
    void record(KeptnServiceDeployment resource, KeptnServiceDeploymentStatus status);
}
