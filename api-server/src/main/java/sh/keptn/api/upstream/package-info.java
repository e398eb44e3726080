/** From a project's resource and its Secret to the Git upstream that the store is asked for. */
@NullMarked
package sh.keptn.api.upstream;

import org.jspecify.annotations.NullMarked;
