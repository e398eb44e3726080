/** Asks for evaluations: a time frame and a service become the event that starts one. */
@NullMarked
package sh.keptn.api.evaluation;

import org.jspecify.annotations.NullMarked;
