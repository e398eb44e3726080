/** What the management port tells those who run the process; it holds no detail that a stranger may not see. */
@NullMarked
package sh.keptn.api.health;

import org.jspecify.annotations.NullMarked;
