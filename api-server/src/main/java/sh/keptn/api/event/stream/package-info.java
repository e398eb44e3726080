/** Events as they come, over one long answer for each client. */
@NullMarked
package sh.keptn.api.event.stream;

import org.jspecify.annotations.NullMarked;
