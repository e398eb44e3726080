/** Tests of the script {@code keptn-local} itself. */
@NullMarked
package sh.keptn.local.script;

import org.jspecify.annotations.NullMarked;
