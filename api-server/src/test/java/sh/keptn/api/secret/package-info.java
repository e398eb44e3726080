/** Tests of scopes of secrets. */
@NullMarked
package sh.keptn.api.secret;

import org.jspecify.annotations.NullMarked;
