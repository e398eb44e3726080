/** Counts of events, half an hour by half an hour: added up as events come, each event once. */
@NullMarked
package sh.keptn.api.event.tally;

import org.jspecify.annotations.NullMarked;
