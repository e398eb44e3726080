/** Tests of the Git server with the real {@code git}. */
@NullMarked
package sh.keptn.local.git;

import org.jspecify.annotations.NullMarked;
