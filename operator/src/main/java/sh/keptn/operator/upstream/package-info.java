/** From a project's resource and its Secret to the upstream they name. */
@NullMarked
package sh.keptn.operator.upstream;

import org.jspecify.annotations.NullMarked;
