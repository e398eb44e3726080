/** Asking provisioners that behave, and others. */
@NullMarked
package sh.keptn.operator.provision;

import org.jspecify.annotations.NullMarked;
