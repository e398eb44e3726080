/** The kind KeptnServiceDeployment: its spec and status as records, their schema as annotations. */
@NullMarked
package sh.keptn.crds.deployment;

import org.jspecify.annotations.NullMarked;
