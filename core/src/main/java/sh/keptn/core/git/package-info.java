/** Git as a store: the port, and the values it speaks. Adapters live in packages below, and no type of theirs appears here. */
@NullMarked
package sh.keptn.core.git;

import org.jspecify.annotations.NullMarked;
