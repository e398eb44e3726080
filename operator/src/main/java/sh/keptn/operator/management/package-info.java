/** Health and metrics for whoever runs the operator, on a port of their own. */
@NullMarked
package sh.keptn.operator.management;

import org.jspecify.annotations.NullMarked;
