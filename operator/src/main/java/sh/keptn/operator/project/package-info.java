/** KeptnProject: makes the upstream hold what the project needs, and says in the status what stands there. */
@NullMarked
package sh.keptn.operator.project;

import org.jspecify.annotations.NullMarked;
