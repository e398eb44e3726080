/** Measuring what the operator does to Git. */
@NullMarked
package sh.keptn.operator.metrics;

import org.jspecify.annotations.NullMarked;
