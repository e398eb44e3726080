/** Tests of the counts of events. */
@NullMarked
package sh.keptn.api.event.tally;

import org.jspecify.annotations.NullMarked;
