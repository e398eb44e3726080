/** Tests of the room of the same name. */
@NullMarked
package sh.keptn.core.model;

import org.jspecify.annotations.NullMarked;
