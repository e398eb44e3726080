/** The launcher's one main: every command of {@code ./keptn-local} that needs more than the JDK. */
@NullMarked
package sh.keptn.local;

import org.jspecify.annotations.NullMarked;
