/** Tests of the room of the same name. */
@NullMarked
package sh.keptn.core.git;

import org.jspecify.annotations.NullMarked;
