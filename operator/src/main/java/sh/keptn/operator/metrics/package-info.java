/** Measuring what the operator asks of Git, and what it renders. */
@NullMarked
package sh.keptn.operator.metrics;

import org.jspecify.annotations.NullMarked;
