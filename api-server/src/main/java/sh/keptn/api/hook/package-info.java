/** Pushes that Git hosts announce: a signed call asks the operator to look at once. What the call says is never read. */
@NullMarked
package sh.keptn.api.hook;

import org.jspecify.annotations.NullMarked;
