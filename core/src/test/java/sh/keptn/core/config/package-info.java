/** Tests of the room of the same name. */
@NullMarked
package sh.keptn.core.config;

import org.jspecify.annotations.NullMarked;
