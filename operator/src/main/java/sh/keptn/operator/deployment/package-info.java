/** KeptnServiceDeployment: what stands in a service's folder on a stage runs in the cluster. */
@NullMarked
package sh.keptn.operator.deployment;

import org.jspecify.annotations.NullMarked;
