/** Tells from deployed objects whether a service is well, by the rules of kstatus, and why it is not. */
@NullMarked
package sh.keptn.operator.health;

import org.jspecify.annotations.NullMarked;
