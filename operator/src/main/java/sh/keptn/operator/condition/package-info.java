/** How a pass of reconciling ended, and how that reads as conditions. Nothing here talks to anybody. */
@NullMarked
package sh.keptn.operator.condition;

import org.jspecify.annotations.NullMarked;
